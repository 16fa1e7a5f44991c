#include "rank/lexicon.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/text.h"
#include "tex/tex.h"

namespace daybook {

namespace {

// What is known of words before any paper was read: which say little, and which go with others.

// What papers speak of when they speak of something: an owner who writes "quantization" means "4-bit weights" too.
struct Relation {
  std::vector<Phrase> heads;    // any of these phrases of the owner's ...
  std::vector<Phrase> related;  // ... brings these with it
};

struct Tier {
  double worth;
  std::string_view words;
};

// There is no corpus to count in on the first day, so these are ours: by how often a paper on machine learning says
// them whatever it is about.
constexpr std::array<Tier, 3> tiers = {{
    {0.05, R"(
accuracy achieve address approach base baseline data dataset demonstrate existing experiment experimental extensive
first framework high improve improvement introduce large learning leverage low machine method methodology model
modeling novel paper performance present previous problem propose provide real result recent set show significant
state study system task technique time train training use using various work world outperform effective novel new
different further future compare comparable limited limitation key challenge potential purpose aim goal enable lead
remain better best achieving one two three several numerous standard conventional traditional typical)"},
    {0.2, R"(
ability adaptive aware algorithm analysis application available capability code complex complexity comprehensive
consistent context control cost critical decision deep deploy design development direct distribution diverse domain
driven end enhance environment evaluate evaluation example factor feature find fundamental gap general generalization
generate guide human image important information input insight integrate issue knowledge language level local long
maintain mechanism metric modern multiple natural need network neural objective open optimal optimization output
paradigm parameter pattern practical predict prediction principle process quality range reduce require research
resource robust sample scale scenario simple single solution source space specific strategy strong structure support
target test understand understanding variable work broad major merely certain straightforward existing known many
contribution theme idea topic area field question lacking without breakthrough innovation advance development finding
investigate explore reveal establish mechanism)"},
    {0.45, R"(
agent architecture attention benchmark classification computation computational conditional dynamic efficiency
efficient embedding estimation flow function generation generative global graph hidden inference interpretable latent
layer linear llm loss memory noise online policy prior reasoning representation sequence series signal spatial
temporal text theoretical theory token transformer uncertainty video vision visual foundation structural empirical
encoder decoder block operator domain pretrain finetun gradient)"},
}};

// Common knowledge of the field, in no order of weight. A word that means many things belongs to none of them.
// "heads: what they bring with them;"
constexpr std::array<std::string_view, 6> known_relations = {
    // Architecture
    R"(
mixture of experts|moe: moe|experts|expert routing|router|routing|gating|gate|load balancing|sparse activation;
transformer|attention: transformer|self attention|attention head|attention mechanism|softmax|linear attention|
    sparse attention|positional encoding|rope|residual stream|feed forward|mlp|vision transformer|
    quadratic complexity|sequence length|long context|token mixing|multi head;
architecture|model architecture|architectural: architecture|transformer|layer|residual|skip connection|
    normalization|activation function|state space model|mamba|ssm|recurrent|rnn|linear attention|inductive bias|
    equivariant|equivariance|expressivity|expressive power|depth|width|neural operator|kolmogorov arnold|
    hypernetwork|positional encoding|block|parameterization|universal approximation|sequence modeling|
    hybrid architecture|looped|recurrence;
state space model|mamba|ssm: state space|mamba|ssm|recurrent|linear time|selective scan|sequence modeling;
conditional network|dynamic network|conditional computation|dynamic: conditional computation|early exit|
    adaptive computation|dynamic depth|mixture of depths|layer skipping|input dependent|routing|gating;
autoencoder: autoencoder|vae|variational|latent space|sparse autoencoder|sae|codebook|bottleneck|reconstruction;
)",
    // Compression and efficiency
    R"(
compression|model compression: compress|quantization|pruning|sparsity|low rank|distillation|model size|
    memory footprint|bit|redundancy|perplexity|weight sharing|lossless;
quantization: quantization|bit|low bit|low precision|mixed precision|int4|int8|fp8|fp4|4 bit|2 bit|1 bit|ternary|
    binary weight|post training quantization|ptq|outlier|calibration data|rounding|codebook|weight activation;
pruning|sparsity|sparse: pruning|prune|sparsity|sparse|structured pruning|unstructured|lottery ticket|magnitude|
    mask|redundant|redundancy|top k|semi structured|layer removal|sparse attention|sparse autoencoder;
low rank: low rank|lora|rank|svd|singular value|tensor decomposition|matrix factorization|subspace|adapter|
    parameter efficient|peft|kronecker|tensor train;
kv cache|cache|caching: kv cache|key value|kv|cache|eviction|long context|decoding|prefill|prefix;
efficiency|efficient|algorithmic efficiency: flop|throughput|latency|speedup|memory footprint|memory usage|
    memory overhead|computational overhead|gpu|kernel|speculative decoding|early exit|token pruning|token reduction|
    quadratic|sub quadratic|linear complexity|inference cost|efficient inference|efficient training|
    parameter efficient|acceleration|wall clock|memory efficient|hardware|long context|compute;
distillation: distillation|distill|student|teacher;
)",
    // Large-scale training
    R"(
high performance computing|distributed training|training of large scale models|large scale model|
    system level: distributed training|pipeline parallel|data parallel|tensor parallel|expert parallel|parallelism|
    parallel|gpu|cluster|communication|all reduce|throughput|sharding|checkpointing|offloading|memory optimization|
    cuda|kernel|triton|hardware|accelerator|scheduling|interconnect|bandwidth|training large|low precision training|
    optimizer state|asynchronous|pretraining|heterogeneous gpu;
memory optimization|memory: memory footprint|memory efficient|gpu memory|offloading|checkpointing|optimizer state;
)",
    // Representation and training
    R"(
representation learning|representation|representations|encode information: representation|latent space|
    learned representation|internal representation|contrastive|self supervised|manifold|geometry|disentangle|
    probing|probe|neural collapse|collapse|intrinsic dimension|invariance|identifiability|feature learning|
    embedding space|representational|subspace|superposition|information bottleneck|alignment of representation|
    joint embedding|neuron|hidden state|anisotropy|riemannian|hyperbolic;
contrastive|contrastive method: contrastive|self supervised|infonce|positive pair|negative sample|clip|
    augmentation invariant;
dictionary learning|feature learning: dictionary|sparse autoencoder|sae|monosemantic|superposition|feature learning|
    sparse coding|interpretable feature;
training dynamic|dynamics|how networks learn: gradient descent|sgd|loss landscape|sharpness|grokking|
    feature learning|neural tangent kernel|ntk|infinite width|initialization|edge of stability|optimizer|adam|muon|
    learning rate|convergence|hessian|implicit bias|implicit regularization|mean field|overparameterized|
    double descent|memorization|phase transition|gradient flow|minima|weight decay|batch size|learning dynamic|
    emergence|emerge|deep linear|momentum|spectral|scaling law|plasticity|symmetry|power law|benign overfitting;
interpretability|interpretable|mechanistic: interpretability|mechanistic|circuit|superposition|probing|neuron|
    activation|steering|steering vector|attention head|residual stream|sparse autoencoder|sae|causal intervention|
    linear representation|internal representation|patching|hidden state;
theory|theoretical|theoretical insight|theoretical work: theory|theoretical|theoretically|prove|proof|theorem|bound|
    provably|expressive power|expressivity|convergence|derive|asymptotic|statistical physics|sample complexity|
    generalization bound|necessary and sufficient|closed form|closed form solution|characterize|rigorous|formal|
    mathematical|kernel|dimension|lower bound|perceptron|hopfield|universality|spectral;
pretraining|pretrain: pretraining|scaling law|next token prediction|perplexity|language modeling|tokenizer|corpus|
    compute optimal|training token|base model|from scratch|optimizer|billion parameter|data mixture;
large language model|llm|llm behavior: large language model|llm|language modeling|in context learning|icl|
    next token|autoregressive|perplexity|scaling law|hidden state|residual stream|attention head|transformer|
    memorization|emergent|internal|decoding;
foundation model: foundation model|pretrained|pretraining|scaling|zero shot;
emerging trend|new paradigm|paradigm|challenging established assumption|challenge assumption: paradigm|rethinking|
    rethink|revisit|revisiting|contrary|conventional wisdom|counterintuitive|surprising|unify|unified theory|
    new perspective|biologically plausible|without backpropagation|backpropagation|hopfield|quantum|neuroscience|
    brain inspired|energy based|test time training|diffusion language model|continual learning|world model;
)",
    // Science
    R"(
molecular|molecule|protein|ai for science: molecule|molecular|protein|structure prediction|equivariant|
    molecular dynamics|force field|interatomic potential|crystal|material|ligand|binding|genomic|dna|rna|
    single cell|antibody|peptide|amino acid|density functional|conformation|drug discovery|chemistry|chemical|
    partial differential equation|neural operator|flow matching;
generative|generative paradigm: generative|flow matching|diffusion|normalizing flow|autoregressive|energy based|
    score matching;
)",
    // What is often not wanted
    R"(
application|standard application|application driven|domain specific|real world application: application|real world|
    practitioner|deployment|industrial|industry|user|platform|software|pipeline|workflow|case study|healthcare|
    clinical|patient|legal|law|financial|finance|stock|education|student|teacher|agriculture|manufacturing|
    cybersecurity|intrusion|malware|traffic|vehicle|autonomous driving|robot|robotic|drone|uav|satellite|
    remote sensing|energy|power grid|battery|wireless|iot|smart|construction|climate|weather|social media|
    e commerce|marketing|hiring|game|sports|urban|transportation|maintenance|monitoring|stakeholder|enterprise|
    chatbot|emotion|news|public|web|questionnaire|participant;
benchmark|dataset|empirical dataset|benchmark study|survey: benchmark|benchmarking|dataset|annotated|annotation|
    annotator|survey|review|taxonomy|leaderboard|systematic evaluation|comprehensive evaluation|comparative study|
    data collection|curated|evaluate|evaluation|assess|open source|gpt 4o|gpt 4|proprietary model|case study|
    position paper|challenge track|manual|f1 score|human evaluation;
reinforcement learning|rl: reinforcement learning|rl|policy|reward|agent|actor critic|ppo|grpo|q learning|
    markov decision process|mdp|multi agent|rollout|imitation|exploration|offline rl|verifiable reward|environment|
    action space|preference optimization|rlhf|dpo;
transfer learning: transfer learning|domain adaptation|domain generalization|target domain|source domain|
    domain shift|cross domain;
federated learning|federated: federated|client|fl|privacy|differential privacy|decentralized|server|non iid|
    personalized;
online learning|bandit: online learning|regret|bandit|streaming|arm|adversarial environment;
diffusion model|diffusion: diffusion model|denoising|score based|text to image|image generation|diffusion|
    classifier free guidance|image editing;
fine tuning|instruction tuning|finetuning: instruction tuning|supervised fine tuning|sft|instruction following|
    alignment|preference|rlhf|synthetic data;
chain of thought|prompting|inference trick|reasoning: chain of thought|cot|prompting|prompt|prompt engineering|
    reasoning|self consistency|tree of thought|math reasoning|reasoning trace|planning|verifier|test time scaling|
    few shot prompting|question answering|agent|tool|multi agent|self refine|agentic|workflow;
hallucination|safety|text level analysis|jailbreak|jail breaking: hallucination|safety|jailbreak|harmful|
    red teaming|attack|adversarial prompt|toxicity|bias|fairness|factuality|trustworthy|guardrail|refusal|watermark|
    backdoor|llm generated text|human preference|llm as a judge|judge|persona|cultural|moral|political|privacy|
    copyright;
image segmentation|segmentation: segmentation|segment|mask|pixel|object detection|detection|scene|image;
medical imaging|medical|clinical|healthcare: medical|clinical|patient|mri|ct|radiology|diagnosis|diagnostic|disease|
    healthcare|hospital|pathology|ehr|health record|cancer|tumor|x ray|ultrasound|surgery|surgical|ecg|eeg|
    biomedical|physician|treatment|symptom|drug|mental health|medicine;
3d vision|3d|object detection|computer vision: 3d|point cloud|nerf|gaussian splatting|depth estimation|pose|camera|
    scene|rendering|mesh|slam|lidar|stereo|object|image;
video understanding|video: video|frame|action recognition|motion|temporal grounding|clip|tracking|camera|gesture|
    human motion;
information retrieval|retrieval|rag: retrieval|rag|query|ranking|search engine|document|passage|reranking|retriever|
    web search|index|knowledge base|citation;
summarization: summarization|summary|rouge|document;
recommendation system|recommendation|recommender: recommendation|recommender|user|item|click through|
    collaborative filtering|ctr|cold start|session;
machine translation|translation: translation|multilingual|low resource language|bilingual|cross lingual|bleu|
    african|arabic|hindi|chinese|dialect;
speech recognition|speech|audio: speech|audio|speaker|asr|voice|music|acoustic|phoneme|text to speech|sound|singing;
signal processing: signal|wireless|channel|radar|eeg|sensor|mimo|beamforming|sensing|wearable|antenna|
    frequency band|denoising|fault;
spatial modeling|temporal modeling|spatial|spatio temporal: spatiotemporal|spatio temporal|traffic|weather|urban|
    trajectory|mobility|geospatial|climate|remote sensing|satellite|spatial|city|earth;
time series: time series|forecasting|forecast|anomaly detection|anomaly|multivariate|sensor|seasonal|stock|temporal|
    lstm|load|series;
knowledge graph: knowledge graph|entity|link prediction|ontology|triple|relation extraction|sparql|graph completion|
    semantic web|named entity;
robotics|robot: robot|robotic|manipulation|embodied|navigation|grasp|locomotion|vla|humanoid|control|vehicle|
    driving;
graph neural network|graph: graph neural network|gnn|message passing|node|edge|oversmoothing|graph transformer|
    heterophily;
code generation|software: code generation|software|programming|repository|bug|developer|compiler|unit test|verilog;
)",
};

std::vector<Phrase> phrases_in(std::string_view list) {
  std::vector<Phrase> phrases;
  for (const std::string_view each : split(list, '|')) phrases.push_back(phrase_of(each));
  return phrases;
}

std::vector<Relation> read_relations() {
  std::vector<Relation> relations;
  for (const std::string_view group : known_relations)
    for (const std::string_view entry : split(group, ';'))
      if (const auto colon = entry.find(':'); colon != entry.npos)
        relations.push_back({phrases_in(entry.substr(0, colon)), phrases_in(entry.substr(colon + 1))});
  return relations;
}

std::unordered_map<Stem, double> read_tiers() {
  std::unordered_map<Stem, double> worth;
  for (const Tier& tier : tiers)
    for (const Stem word : phrase_of(tier.words)) worth.try_emplace(word, tier.worth);
  return worth;
}

// What a word is worth: 1 for an uncommon one, down to 0.05 for one in every other abstract.
double rarity(Stem stem) {
  static const auto worth = read_tiers();
  const auto found = worth.find(stem);
  return found == worth.end() ? 1.0 : found->second;
}

const std::vector<Relation>& relations() {
  static const std::vector<Relation> all = read_relations();
  return all;
}

// What things are worth beside a keyword, whose worth is 1. Near these the order of papers hardly changes; they were
// settled on days that an LLM had judged.
constexpr double keyword_least = 0.3;   // a keyword of common words is still the owner's
constexpr double longer_phrase = 0.25;  // for each word more: "language model" says more than "model"
constexpr double related_to_keyword = 0.5;
constexpr double related_to_prose = 0.4;
constexpr double word_of_prose = 0.3;
constexpr double pair_of_prose = 0.5;
constexpr double skip_prose = 0.5;  // of all the above, in what a topic skips

constexpr double title_worth = 3;    // times in the abstract
constexpr double half_strength = 4;  // of the whole worth at so many times

// Where a term comes from, the weakest first: of two for one phrase the stronger decides.
enum class Origin { prose, related, keyword };

struct Draft {
  Origin origin = Origin::prose;
  double weight = 0;
};

// For each phrase a draft for each topic. A map, so that sums have one order.
using Drafts = std::map<Phrase, std::map<int, Draft>>;

double worth(const Phrase& phrase) {
  double most = 0;
  for (const Stem stem : phrase) most = std::max(most, rarity(stem));
  return std::min(1.0, most + longer_phrase * static_cast<double>(phrase.size() - 1));
}

// "Mixture of Experts (MoE)" are two ways to say it, and so is "sparse/sparsity".
std::vector<Phrase> alternatives(std::string keyword) {
  for (char& c : keyword)
    if (std::string_view("()/,").find(c) != std::string_view::npos) c = ';';
  std::vector<Phrase> phrases;
  for (const std::string_view part : split(keyword, ';')) phrases.push_back(phrase_of(part));
  return phrases;
}

bool contains(const Phrase& text, const Phrase& part) {
  return !part.empty() && std::search(text.begin(), text.end(), part.begin(), part.end()) != text.end();
}

class Drafting {
 public:
  // A keyword and what it brings with it. `sign`: 1 for the topic, -1 against it.
  void keyword(std::string_view text, int topic, double sign) {
    for (const Phrase& phrase : alternatives(plain_text(text))) {
      put(phrase, topic, {Origin::keyword, sign * std::max(keyword_least, worth(phrase))});
      related(phrase, topic, sign * related_to_keyword);
    }
  }

  // Sentences on what to keep or skip: their words and pairs of words, and what they bring with them.
  void prose(std::string_view text, int topic, double sign) {
    const std::vector<Stem> stems = words(plain_text(text)).stems;
    for (std::size_t i = 0; i < stems.size(); ++i) {
      if (stems[i] == sentence_end) continue;
      put({stems[i]}, topic, {Origin::prose, sign * word_of_prose * rarity(stems[i])});
      if (i + 1 == stems.size() || stems[i + 1] == sentence_end) continue;
      const Phrase pair = {stems[i], stems[i + 1]};
      put(pair, topic, {Origin::prose, sign * pair_of_prose * worth(pair)});
    }
    related(stems, topic, sign * related_to_prose);
  }

  // What speaks for a topic does not speak against papers, unless the owner says so by a keyword; then it no longer
  // speaks for the topic.
  Drafts settled() {
    for (auto& [phrase, by_topic] : drafts_) {
      const auto against = by_topic.find(Use::every);
      if (against == by_topic.end() || by_topic.size() == 1) continue;
      const Draft verdict = against->second;
      const bool outweighs = std::all_of(by_topic.begin(), by_topic.end(), [&](const auto& entry) {
        return entry.first == Use::every || entry.second.origin < verdict.origin;
      });
      if (outweighs) {
        by_topic = {{Use::every, verdict}};
      } else {
        by_topic.erase(against);
      }
    }
    return std::move(drafts_);
  }

 private:
  void put(const Phrase& phrase, int topic, Draft draft) {
    if (phrase.empty() || phrase.size() > longest_phrase) return;
    const auto [at, is_new] = drafts_[phrase].try_emplace(topic, draft);
    Draft& held = at->second;
    const auto strength = [](const Draft& d) { return std::tuple(d.origin, d.weight > 0, std::abs(d.weight)); };
    if (!is_new && strength(draft) > strength(held)) held = draft;
  }

  void related(const Phrase& text, int topic, double weight) {
    for (const Relation& relation : relations()) {
      const auto names_it = [&](const Phrase& head) { return contains(text, head); };
      if (std::none_of(relation.heads.begin(), relation.heads.end(), names_it)) continue;
      for (const Phrase& phrase : relation.related) put(phrase, topic, {Origin::related, weight * worth(phrase)});
    }
  }

  Drafts drafts_;
};

Drafts drafted(const Interests& interests) {
  Drafting drafting;
  for (std::size_t t = 0; t < interests.topics.size(); ++t) {
    const Topic& topic = interests.topics[t];
    const int index = static_cast<int>(t);
    drafting.keyword(topic.name, index, 1);
    for (const auto& keyword : topic.keywords) drafting.keyword(keyword, index, 1);
    drafting.prose(topic.keep, index, 1);
    // What one topic skips is hardly wanted by another, where that does not ask for it itself.
    drafting.prose(topic.skip, Use::every, -skip_prose);
  }
  for (const auto& keyword : interests.skip_keywords) drafting.keyword(keyword, Use::every, -1);
  return drafting.settled();
}

}  // namespace

Lexicon::Lexicon(const Interests& interests) : topic_breadth_(interests.topics.size()) {
  for (const auto& [phrase, by_topic] : drafted(interests)) {
    if (!phrases_.add(phrase, static_cast<std::uint32_t>(terms_.size()))) continue;
    std::vector<Use> uses;
    double most = 0;
    for (const auto& [topic, draft] : by_topic) {
      uses.push_back({topic, draft.weight});
      if (topic == Use::every || draft.weight <= 0) continue;
      most = std::max(most, draft.weight);
      topic_breadth_[static_cast<std::size_t>(topic)] += draft.weight * draft.weight;
    }
    breadth_ += most * most;
    terms_.push_back(std::move(uses));
  }
  breadth_ = std::sqrt(breadth_);
  for (double& breadth : topic_breadth_) breadth = std::sqrt(breadth);
}

Text read_text(std::string_view tex) {
  std::string plain = plain_text(tex);
  Words found = words(plain);
  return {std::move(plain), std::move(found)};
}

double Hit::strength() const {
  const double times = (in_title ? title_worth : 0) + in_abstract;
  return times / (times + half_strength);
}

Match Lexicon::match(const Text& title, const Text& abstract) const {
  std::map<std::uint32_t, Hit> by_term;
  phrases_.find(title.words.stems, [&](std::uint32_t term, std::size_t at, std::size_t length) {
    by_term.try_emplace(term, Hit{term, true, at, length});
  });
  phrases_.find(abstract.words.stems, [&](std::uint32_t term, std::size_t at, std::size_t length) {
    ++by_term.try_emplace(term, Hit{term, false, at, length}).first->second.in_abstract;
  });
  Match match;
  match.for_topic.resize(topic_breadth_.size());
  for (const auto& [term, hit] : by_term) {
    match.hits.push_back(hit);
    for (const Use& use : uses(term)) {
      if (use.topic == Use::every) {
        match.against -= use.weight * hit.strength();
      } else {
        match.for_topic[static_cast<std::size_t>(use.topic)] += use.weight * hit.strength();
      }
    }
  }
  // Between the best topic alone and their sum: two topics half met are less than one met, and more than one half met.
  double squares = 0;
  for (const double value : match.for_topic) squares += value * value;
  match.in_favour = std::sqrt(squares);
  return match;
}

}  // namespace daybook
