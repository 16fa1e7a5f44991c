# cmake -DROOT=source -DOUT=file.cpp -P embed.cmake: writes templates/, site/, the settings of config/, the
# workflows and the form of their issues as C++ values.
# An owner's feedback and library lie in config/ too, which are theirs alone, and may be large.
function(embed function folder names)
  file(GLOB_RECURSE files RELATIVE ${ROOT}/${folder} ${ROOT}/${folder}/${names})
  list(SORT files)
  set(items "")
  foreach(path IN LISTS files)
    file(READ ${ROOT}/${folder}/${path} hex HEX)
    string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${hex}")
    # A compiler takes a long literal in pieces only.
    string(REGEX REPLACE "(................................................................)" "\\1\"\n    \"" bytes "${bytes}")
    string(LENGTH "${hex}" length)
    math(EXPR length "${length} / 2")
    string(APPEND items "      {\"${path}\", std::string(\n    \"${bytes}\", ${length})},\n")
  endforeach()
  file(APPEND ${OUT} "const std::vector<File>& ${function}() {\n  static const std::vector<File> files = {\n${items}  };\n  return files;\n}\n\n")
endfunction()

file(WRITE ${OUT} "// Written by embed.cmake.\n#include \"site/builtin.h\"\n\nnamespace daybook {\n\n")
embed(builtin_templates templates *)
embed(builtin_site_files site *)
embed(builtin_config config *.toml)
embed(builtin_workflows .github/workflows *.yml)
embed(builtin_issue_forms .github/ISSUE_TEMPLATE feedback.yml)
file(APPEND ${OUT} "}  // namespace daybook\n")
