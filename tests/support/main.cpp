#include <cstdlib>
#include <initializer_list>

namespace {

// No test may spend a developer's money, nor change with the surroundings.
[[maybe_unused]] const bool cleared = [] {
  for (const char* name : {"OPENAI_API_KEY", "OPENAI_BASE_URL", "S2_API_KEY", "ZOTERO_API_KEY", "GITHUB_ACTIONS",
                           "GITHUB_STEP_SUMMARY", "NO_COLOR", "DAYBOOK_NOW"})
    ::unsetenv(name);
  return true;
}();

}  // namespace

#if CATCH_MAJOR >= 3
#include <catch2/catch_session.hpp>
int main(int argc, char** argv) { return Catch::Session().run(argc, argv); }
#else
#define CATCH_CONFIG_MAIN
#define CATCH_CONFIG_ENABLE_BENCHMARKING
#include <catch2/catch.hpp>
#endif
