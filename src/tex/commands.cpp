#include "tex/commands.h"

#include <initializer_list>
#include <unordered_map>

#include "core/text.h"
#include "tex/letters.h"

namespace daybook {
namespace {

// Finds entries by their names. A group has what its entries share, and their names, each with its text behind it:
// "alpha α; beta β". Without a text the name is its own.
template <typename Entry>
class NameTable {
 public:
  struct Group {
    Entry shared;
    std::string_view names;
  };
  NameTable(std::initializer_list<Group> groups) {
    for (const Group& group : groups) {
      for (std::string_view item : split(group.names, ';')) {
        if (item.front() == ' ') item.remove_prefix(1);
        const std::size_t blank = item.find(' ');
        Entry entry = group.shared;
        entry.text = blank == std::string_view::npos ? item : item.substr(blank + 1);
        entries_.emplace(item.substr(0, blank), entry);
      }
    }
  }
  const Entry* find(std::string_view name) const {
    const auto at = entries_.find(name);
    return at == entries_.end() ? nullptr : &at->second;
  }

 private:
  std::unordered_map<std::string_view, Entry> entries_;
};

struct NamedText {
  std::string_view text;
};

}  // namespace

// Characters as in the Unicode Technical Report 25 and its table of TeX names.
const MathCommand* math_command(std::string_view name) {
  using Kind = MathCommand::Kind;
  static const NameTable<MathCommand> table = {
      {{Kind::letter},
       "AA Å; Box □; Diamond ◇; Im ℑ; O Ø; P ¶; Re ℜ; S §; aleph ℵ; alpha α; angle ∠; backprime ‵; beta β; beth ℶ; "
       "bigstar ★; blacksquare ■; blacktriangle ▲; blacktriangledown ▼; bot ⊥; cdots ⋯; checkmark ✓; chi χ; "
       "clubsuit ♣; complement ∁; copyright ©; dag †; dagger †; ddagger ‡; ddots ⋱; degree °; delta δ; "
       "diamondsuit ♢; digamma ϝ; dots …; dotsb ⋯; dotsc …; dotsi ⋯; dotsm ⋯; dotso …; ell ℓ; emptyset ∅; epsilon ϵ; "
       "eta η; eth ð; exists ∃; flat ♭; forall ∀; gamma γ; gimel ℷ; hbar ℏ; heartsuit ♡; hslash ℏ; i ı; imath ı; "
       "infty ∞; iota ι; j ȷ; jmath ȷ; kappa κ; lambda λ; ldots …; lozenge ◊; maltese ✠; measuredangle ∡; mho ℧; "
       "mu μ; natural ♮; nexists ∄; nu ν; o ø; omega ω; omicron ο; partial ∂; phi ϕ; pi π; pounds £; prime ′; psi ψ; "
       "rho ρ; sharp ♯; sigma σ; spadesuit ♠; square □; ss ß; tau τ; theta θ; top ⊤; triangle △; triangledown ▽; "
       "upsilon υ; varDelta Δ; varGamma Γ; varLambda Λ; varOmega Ω; varPhi Φ; varPi Π; varPsi Ψ; varSigma Σ; "
       "varTheta Θ; varUpsilon Υ; varXi Ξ; varepsilon ε; varkappa ϰ; varnothing ⌀; varphi φ; varpi ϖ; varrho ϱ; "
       "varsigma ς; vartheta ϑ; vdots ⋮; wp ℘; xi ξ; yen ¥; zeta ζ"},
      {{Kind::letter, Font::upright},
       "Alpha Α; Beta Β; Chi Χ; Delta Δ; Epsilon Ε; Eta Η; Gamma Γ; Iota Ι; Kappa Κ; Lambda Λ; Mu Μ; Nu Ν; Omega Ω; "
       "Omicron Ο; Phi Φ; Pi Π; Psi Ψ; Rho Ρ; Sigma Σ; Tau Τ; Theta Θ; Upsilon Υ; Xi Ξ; Zeta Ζ; nabla ∇"},
      {{Kind::sign},
       "Cap ⋒; Coloneqq ⩴; Cup ⋓; Downarrow ⇓; Leftarrow ⇐; Leftrightarrow ⇔; Longleftarrow ⟸; Longleftrightarrow ⟺; "
       "Longrightarrow ⟹; Rightarrow ⇒; Subset ⋐; Supset ⋑; Uparrow ⇑; Updownarrow ⇕; Vdash ⊩; Vert ‖; amalg ⨿; "
       "approx ≈; approxeq ≊; ast ∗; asymp ≍; backsim ∽; backslash \\; barwedge ⊼; because ∵; between ≬; bigcirc ◯; "
       "bigtriangledown ▽; bigtriangleup △; bowtie ⋈; boxdot ⊡; boxminus ⊟; boxplus ⊞; boxtimes ⊠; bullet ∙; cap ∩; "
       "cdot ⋅; cdotp ·; centerdot ⋅; circ ∘; circlearrowleft ↺; circlearrowright ↻; circledast ⊛; circledcirc ⊚; "
       "colon :; coloneq ≔; coloneqq ≔; cong ≅; cup ∪; curlyvee ⋎; curlywedge ⋏; curvearrowleft ↶; "
       "curvearrowright ↷; dashleftarrow ⇠; dashrightarrow ⇢; dashv ⊣; diamond ⋄; div ÷; divideontimes ⋇; doteq ≐; "
       "dotplus ∔; downarrow ↓; eqqcolon ≕; eqsim ≂; equiv ≡; frown ⌢; ge ≥; geq ≥; geqq ≧; geqslant ⩾; gets ←; "
       "gg ≫; ggg ⋙; gneq ⪈; gnsim ⋧; gt >; gtrapprox ⪆; gtrless ≷; gtrsim ≳; hookleftarrow ↩; hookrightarrow ↪; "
       "iff ⟺; impliedby ⟸; implies ⟹; in ∈; intercal ⊺; lVert ‖; land ∧; ldotp .; le ≤; leadsto ⇝; leftarrow ←; "
       "leftharpoondown ↽; leftharpoonup ↼; leftrightarrow ↔; leftrightarrows ⇆; leftrightharpoons ⇋; leq ≤; leqq ≦; "
       "leqslant ⩽; lessapprox ⪅; lessgtr ≶; lesssim ≲; ll ≪; lll ⋘; lneq ⪇; lnot ¬; lnsim ⋦; longleftarrow ⟵; "
       "longleftrightarrow ⟷; longmapsto ⟼; longrightarrow ⟶; lor ∨; lt <; ltimes ⋉; lvert |; mapsto ↦; mid ∣; "
       "models ⊨; mp ∓; multimap ⊸; nRightarrow ⇏; ncong ≇; ne ≠; nearrow ↗; neg ¬; neq ≠; ngeq ≱; ngtr ≯; ni ∋; "
       "nleftarrow ↚; nleq ≰; nless ≮; nmid ∤; notin ∉; nparallel ∦; nrightarrow ↛; nsim ≁; nsubseteq ⊈; "
       "nsupseteq ⊉; nvDash ⊭; nvdash ⊬; nwarrow ↖; odot ⊙; ominus ⊖; oplus ⊕; oslash ⊘; otimes ⊗; owns ∋; "
       "parallel ∥; perp ⟂; pm ±; prec ≺; preccurlyeq ≼; preceq ⪯; precsim ≾; propto ∝; rVert ‖; restriction ↾; "
       "rightarrow →; rightarrowtail ↣; rightharpoondown ⇁; rightharpoonup ⇀; rightleftarrows ⇄; "
       "rightleftharpoons ⇌; rightrightarrows ⇉; rightsquigarrow ⇝; rtimes ⋊; rvert |; searrow ↘; setminus ∖; sim ∼; "
       "simeq ≃; slash /; smallsetminus ∖; smile ⌣; sqcap ⊓; sqcup ⊔; sqsubset ⊏; sqsubseteq ⊑; sqsupset ⊐; "
       "sqsupseteq ⊒; star ⋆; subset ⊂; subseteq ⊆; subsetneq ⊊; succ ≻; succcurlyeq ≽; succeq ⪰; succsim ≿; "
       "supset ⊃; supseteq ⊇; supsetneq ⊋; swarrow ↙; therefore ∴; thickapprox ≈; thicksim ∼; times ×; to →; "
       "triangleleft ◁; trianglelefteq ⊴; triangleq ≜; triangleright ▷; trianglerighteq ⊵; twoheadleftarrow ↞; "
       "twoheadrightarrow ↠; uparrow ↑; updownarrow ↕; upharpoonright ↾; uplus ⊎; vDash ⊨; varpropto ∝; "
       "vartriangleleft ⊲; vartriangleright ⊳; vdash ⊢; vee ∨; veebar ⊻; vert |; wedge ∧; wr ≀"},
      {{Kind::open},
       "lBrack ⟦; langle ⟨; lbrace {; lbrack [; lceil ⌈; lfloor ⌊; lgroup ⟮; llbracket ⟦; llcorner ⌞; lparen (; "
       "ulcorner ⌜"},
      {{Kind::close},
       "lrcorner ⌟; rBrack ⟧; rangle ⟩; rbrace }; rbrack ]; rceil ⌉; rfloor ⌋; rgroup ⟯; rparen ); rrbracket ⟧; "
       "urcorner ⌝"},
      {{Kind::sum},
       "bigcap ⋂; bigcup ⋃; bigodot ⨀; bigoplus ⨁; bigotimes ⨂; bigsqcup ⨆; biguplus ⨄; bigvee ⋁; bigwedge ⋀; "
       "coprod ∐; prod ∏; sum ∑"},
      {{Kind::integral}, "iiint ∭; iint ∬; int ∫; oint ∮; smallint ∫"},
      {{Kind::function},
       "arccos; arcsin; arctan; arg; bmod mod; cos; cosh; cot; coth; csc; deg; dim; exp; hom; ker; lg; ln; log; sec; "
       "sin; sinh; tan; tanh"},
      {{Kind::limit_name},
       "Pr; argmax arg max; argmin arg min; det; gcd; inf; lim; liminf lim inf; limsup lim sup; max; min; sup"},
      {{Kind::space},
       "thinspace 0.1667em; medspace 0.2222em; thickspace 0.2778em; space 0.3333em; enspace 0.5em; quad 1em; "
       "qquad 2em"},
      {{Kind::size},
       "big 1.2em; bigl 1.2em; bigr 1.2em; bigm 1.2em; Big 1.8em; Bigl 1.8em; Bigr 1.8em; Bigm 1.8em; bigg 2.4em; "
       "biggl 2.4em; biggr 2.4em; biggm 2.4em; Bigg 3em; Biggl 3em; Biggr 3em; Biggm 3em"},
      {{Kind::layout},
       "displaystyle; textstyle; scriptstyle; scriptscriptstyle; limits; nolimits; nonumber; notag; allowbreak; "
       "nobreak; protect; relax; small; large; Large; normalsize; footnotesize; scriptsize; mathstrut; strut; "
       "xspace; negthinspace; displaylimits; noindent; centering; boldmath; tiny; hfill; hline"},
      {{Kind::font, Font::upright}, "mathrm; mathup"},
      {{Kind::font, Font::bold}, "mathbf; symbf"},
      {{Kind::font, Font::bold_italic}, "boldsymbol; bm; pmb; mathbfit"},
      {{Kind::font, Font::script}, "mathcal; mathscr"},
      {{Kind::font, Font::fraktur}, "mathfrak"},
      {{Kind::font, Font::double_struck}, "mathbb; mathds; Bbb; mathbbm"},
      {{Kind::font, Font::sans}, "mathsf"},
      {{Kind::font, Font::typewriter}, "mathtt"},
      {{Kind::font, Font::italic}, "mathit; mathnormal"},
      {{Kind::declared_font, Font::upright}, "rm; sc"},
      {{Kind::declared_font, Font::bold}, "bf"},
      {{Kind::declared_font, Font::script}, "cal"},
      {{Kind::declared_font, Font::fraktur}, "frak"},
      {{Kind::declared_font, Font::sans}, "sf"},
      {{Kind::declared_font, Font::typewriter}, "tt"},
      {{Kind::declared_font, Font::italic}, "it"},
      {{Kind::accent},
       "hat ˆ; tilde ˜; bar ¯; vec →; dot ˙; ddot ¨; dddot ⃛; check ˇ; breve ˘; acute ´; grave `; mathring ˚; Hat ˆ; "
       "Tilde ˜; Bar ¯; Vec →"},
      {{Kind::wide_accent},
       "widehat ^; widetilde ~; overline ‾; widecheck ˇ; overrightarrow →; overleftarrow ←; "
       "overleftrightarrow ↔"},
      {{Kind::under_accent}, "underline _; underbar _; underrightarrow →; uline _"},
      {{Kind::overbrace}, "overbrace ⏞"},
      {{Kind::underbrace}, "underbrace ⏟"},
      {{Kind::words},
       "text; textrm; textnormal; textit; textbf; textsc; texttt; textsf; textup; textmd; mbox; hbox; emph; textsl; "
       "textlf; url; textquote; intertext; shortintertext; fbox"},
      {{Kind::raised_words}, "textsuperscript"},
      {{Kind::lowered_words}, "textsubscript"},
      {{Kind::wrapper},
       "mathop; mathrel; mathbin; mathord; mathopen; mathclose; mathinner; mathpunct; smash; ensuremath; boxed"},
      {{Kind::fraction}, "frac; dfrac; tfrac; cfrac"},
      {{Kind::slashed_fraction}, "nicefrac; sfrac"},
      {{Kind::binomial}, "binom; tbinom; dbinom"},
      {{Kind::root}, "sqrt"},
      {{Kind::operator_name}, "operatorname; operatornamewithlimits; DeclareMathOperator"},
      {{Kind::left}, "left"},
      {{Kind::middle}, "middle"},
      {{Kind::right}, "right"},
      {{Kind::stacked}, "overset; underset; stackrel"},
      {{Kind::long_arrow}, "xrightarrow →; xleftarrow ←"},
      {{Kind::negation}, "not"},
      {{Kind::brackets}, "ket |,⟩; bra ⟨,|; abs |,|; norm ‖,‖"},
      {{Kind::modulo}, "pmod"},
      {{Kind::character_code}, "unicode"},
      {{Kind::environment}, "begin"},
      {{Kind::lines}, "substack"},
      {{Kind::tag}, "tag"},
      {{Kind::quantity}, "SI; qty"},
      {{Kind::number}, "num"},
      {{Kind::unit}, "si; unit"},
      {{Kind::length}, "mkern; kern; mskip; hskip"},
      {{Kind::hidden}, "label; hspace; vspace; color"},
      {{Kind::colored}, "textcolor"},
      {{Kind::boxed_words}, "colorbox; fcolorbox"},
  };
  return table.find(name);
}

// \ie, \eg, \etal and the like come with the style files of large conferences.
std::string_view text_symbol(std::string_view name) {
  static const NameTable<NamedText> table = {
      {{},
       "AA Å; AE Æ; BibTeX; DH Ð; DJ Đ; EUR €; L Ł; LaTeX; LaTeXe LaTeX2e; NG Ŋ; O Ø; OE Œ; P ¶; S §; SS ẞ; TH Þ; TeX; "
       "XeTeX; aa å; ae æ; aka a.k.a.; cf cf.; copyright ©; dag †; ddag ‡; deg °; dh ð; dj đ; dots …; eg e.g.; "
       "etal et al.; etc etc.; euro €; guillemetleft «; guillemetright »; guillemotleft «; guillemotright »; "
       "guilsinglleft ‹; guilsinglright ›; i ı; ie i.e.; iid i.i.d.; j ȷ; l ł; ldots …; lq ‘; ng ŋ; o ø; oe œ; "
       "percent %; pounds £; quotedblbase „; quotesinglbase ‚; resp resp.; rq ’; slash /; ss ß; textalpha α; "
       "textampersand &; textasciicircum ^; textasciigrave `; textasciitilde ~; textasteriskcentered ∗; "
       "textbackslash \\; textbar |; textbardbl ‖; textbeta β; textbraceleft {; textbraceright }; textbullet •; "
       "textcelsius ℃; textcent ¢; textcopyright ©; textdagger †; textdaggerdbl ‡; textdegree °; textdelta δ; "
       "textdiv ÷; textdollar $; textdownarrow ↓; textellipsis …; textemdash —; textendash –; textepsilon ε; "
       "texteuro €; textexclamdown ¡; textgamma γ; textgreater >; textlambda λ; textleftarrow ←; textless <; "
       "textlnot ¬; textmicro µ; textminus −; textmu μ; textnumero №; textohm Ω; textonehalf ½; textonequarter ¼; "
       "textonesuperior ¹; textordfeminine ª; textordmasculine º; textparagraph ¶; textpercent %; "
       "textperiodcentered ·; textpi π; textpm ±; textquestiondown ¿; textquotedbl \"; textquotedblleft “; "
       "textquotedblright ”; textquoteleft ‘; textquoteright ’; textquotesingle '; textregistered ®; textrightarrow →; "
       "textsection §; textservicemark ℠; textsigma σ; textsterling £; texttau τ; textthreequarters ¾; "
       "textthreesuperior ³; texttimes ×; texttrademark ™; texttwosuperior ²; textunderscore _; textuparrow ↑; "
       "textvisiblespace ␣; textyen ¥; th þ; vs vs.; wrt w.r.t."},
  };
  const NamedText* symbol = table.find(name);
  return symbol == nullptr ? std::string_view() : symbol->text;
}

bool is_letter_command(std::string_view name) {
  return is_one_of(name, "AA AE DH DJ L NG O OE SS TH aa ae dh dj i j l ng o oe ss th");
}

TextCommand text_command(std::string_view name) {
  struct Entry {
    TextCommand command;
    std::string_view text = {};
  };
  static const NameTable<Entry> table = {
      {{TextCommand::style},
       "Gls; ac; acf; acl; acp; acrfull; acrlong; acro; acrshort; acs; bm; boldsymbol; emph; ensuremath; fbox; "
       "framebox; gls; glspl; hbox; hl; lowercase; makebox; mathbf; mathit; mathnormal; mathrm; mathsf; mathtt; "
       "mbox; num; operatorname; pmb; smash; sout; text; textbf; textit; textlf; textls; textmd; textnormal; textrm; "
       "textsc; textsf; textsl; texttt; textup; ul; uline; underbar; underline; uuline; uwave"},
      {{TextCommand::declaration},
       "Huge; LARGE; Large; bf; bfseries; boldmath; centering; em; footnotesize; huge; it; itshape; large; mdseries; "
       "normalfont; normalsize; rm; rmfamily; sc; scriptsize; scshape; sf; sffamily; sl; slshape; small; tiny; tt; "
       "ttfamily; upshape"},
      {{TextCommand::nothing},
       "allowbreak; ignorespaces; leavevmode; noindent; nolinebreak; null; protect; relax; selectfont; sloppy; "
       "unskip; xspace"},
      {{TextCommand::blank},
       "bigskip; enspace; hfill; linebreak; medskip; newline; par; qquad; quad; smallskip; space"},
      {{TextCommand::color}, "color"},
      {{TextCommand::colored}, "colorbox; textcolor"},
      {{TextCommand::address}, "nolinkurl; path; url"},
      {{TextCommand::link}, "href; hyperlink; hyperref"},
      {{TextCommand::footnote}, "footnote"},
      {{TextCommand::citation},
       "Cite; Citep; Citet; autocite; cite; citealp; citealt; citeauthor; citep; citet; citeyear; citeyearpar; "
       "footcite; parencite; textcite"},
      {{TextCommand::reference}, "Cref; autoref; cref; eqref; label; ref"},
      {{TextCommand::quotation}, "enquote; textquote"},
      {{TextCommand::superscript}, "textsuperscript"},
      {{TextCommand::subscript}, "textsubscript"},
      {{TextCommand::quantity}, "SI; qty"},
      {{TextCommand::alphabet}, "mathbb; mathcal; mathfrak; mathscr"},
      {{TextCommand::formula}, "bar; frac; hat; nicefrac; overline; sqrt; tfrac; tilde; vec; widehat; widetilde"},
      {{TextCommand::dingbat}, "ding"},
  };
  const Entry* entry = table.find(name);
  return entry == nullptr ? TextCommand::unknown : entry->command;
}

const MathEnvironment* math_environment(std::string_view name) {
  static const NameTable<MathEnvironment> table = {
      {{"", ""}, "matrix; matrix*; smallmatrix; math gathered"},
      {{"(", ")"}, "pmatrix; pmatrix*"},
      {{"[", "]"}, "bmatrix; bmatrix*"},
      {{"{", "}"}, "Bmatrix; Bmatrix*"},
      {{"|", "|"}, "vmatrix; vmatrix*"},
      {{"‖", "‖"}, "Vmatrix; Vmatrix*"},
      {{"{", "", "left"}, "cases"},
      {{"{", "", "left", true}, "dcases"},
      {{"", "}", "left"}, "rcases"},
      {{"", "", "", false, true}, "array; subarray"},
      {{"", "", "right left", true},
       "aligned; split aligned; align aligned; align* aligned; flalign aligned; flalign* aligned"},
      {{"", "", "right left", true, true},
       "alignedat; alignat alignedat; alignat* alignedat; xalignat alignedat; xalignat* alignedat"},
      {{"", "", "right center left", true}, "eqnarray aligned; eqnarray* aligned"},
      {{"", "", "", true},
       "gathered; multlined gathered; gather gathered; gather* gathered; multline gathered; multline* gathered; "
       "equation gathered; equation* gathered; displaymath gathered"},
  };
  return table.find(name);
}

char32_t dingbat(std::string_view number) {
  unsigned code = 0;
  if (number.empty() || number.size() > 3) return 0;
  for (const char c : number) {
    if (!is_digit(c)) return 0;
    code = code * 10 + static_cast<unsigned>(c - '0');
  }
  // Unicode took the font over in its order, but for the circled digits it had already.
  if (code >= 172 && code <= 181) return 0x2460 + (code - 172);
  if (code >= 182 && code <= 211) return 0x2776 + (code - 182);
  return code >= 49 && code <= 88 ? 0x2700 + (code - 32) : 0;
}

// https://ctan.org/pkg/siunitx, those that abstracts use.
std::string units(std::string_view tex) {
  static const NameTable<NamedText> table = {
      {{},
       "GHz; Hz; MHz; ampere A; angstrom Å; arcsecond ″; bit; byte B; celsius °C; centi c; cm; cubed ³; dB; day d; "
       "decibel dB; degree °; degreeCelsius °C; electronvolt eV; g; giga G; gram g; hertz Hz; hour h; joule J; kHz; "
       "kelvin K; kg; kilo k; kilogram kg; km; liter L; litre L; m; mega M; meter m; metre m; micro µ; milli m; "
       "minute min; mm; mol; mole mol; ms; nano n; newton N; nm; ns; pascal Pa; per /; percent %; pico p; pixel px; s; "
       "second s; squared ²; tera T; times ×; um µm; us µs; volt V; watt W"},
  };
  std::string out;
  for (std::size_t i = 0; i < tex.size();) {
    if (is_space(tex[i])) {
      ++i;
    } else if (tex[i] == '\\') {
      const std::string_view name = letters_at(tex, i + 1);
      const NamedText* unit = table.find(name);
      if (unit == nullptr) return tex.substr(i, 2) == "\\%" && i + 2 == tex.size() ? out + "%" : std::string();
      out += unit->text;
      i += 1 + name.size();
    } else if (tex[i] == '{' || tex[i] == '}' || tex[i] == '$') {
      return {};
    } else {
      out += tex[i++];
    }
  }
  return out;
}

std::string address(std::string_view tex) {
  std::string out;
  for (std::size_t i = 0; i < tex.size(); ++i) {
    const bool escapes = tex[i] == '\\' && std::string_view("%&_#{}$~-").find(byte_at(tex, i + 1)) < 9;
    if (escapes) {
      out += tex[++i];
    } else if (tex.substr(i, 2) != "{}") {
      out += tex[i];
    } else {
      ++i;
    }
  }
  return out;
}

}  // namespace daybook
