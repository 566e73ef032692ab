#pragma once
// Characters that stand in texts by accident: copied from a page, made by an input method, or not to be seen at all.
// A row each: the character, its name, and what to write instead (empty: nothing).

#include <array>
#include <string_view>

namespace lanewise::inline v0::grammar {

struct LookAlike {
  char32_t character;
  std::string_view name;
  std::string_view instead;
};

inline constexpr auto look_alikes = std::to_array<LookAlike>({
    // Not to be seen
    {U'\u0000', "null byte", ""},
    {U'\u00A0', "no-break space", "an ordinary blank"},
    {U'\u00AD', "soft hyphen", ""},
    {U'\u1680', "ogham space mark", "an ordinary blank"},
    {U'\u2002', "en space", "an ordinary blank"},
    {U'\u2003', "em space", "an ordinary blank"},
    {U'\u2007', "figure space", "an ordinary blank"},
    {U'\u2009', "thin space", "an ordinary blank"},
    {U'\u200A', "hair space", "an ordinary blank"},
    {U'\u200B', "zero width space", ""},
    {U'\u200C', "zero width non-joiner", ""},
    {U'\u200D', "zero width joiner", ""},
    {U'\u200E', "left-to-right mark", ""},
    {U'\u200F', "right-to-left mark", ""},
    {U'\u2028', "line separator", "a line break"},
    {U'\u2029', "paragraph separator", "a line break"},
    {U'\u202A', "left-to-right embedding", ""},
    {U'\u202C', "pop directional formatting", ""},
    {U'\u202E', "right-to-left override", ""},
    {U'\u202F', "narrow no-break space", "an ordinary blank"},
    {U'\u205F', "medium mathematical space", "an ordinary blank"},
    {U'\u2060', "word joiner", ""},
    {U'\u3000', "ideographic space", "an ordinary blank"},
    {U'\uFEFF', "byte order mark", ""},
    // Operators
    {U'\u2010', "hyphen", "'-'"},
    {U'\u2011', "non-breaking hyphen", "'-'"},
    {U'\u2012', "figure dash", "'-'"},
    {U'\u2013', "en dash", "'-'"},
    {U'\u2014', "em dash", "'-'"},
    {U'\u2212', "minus sign", "'-'"},
    {U'\u00D7', "multiplication sign", "'*'"},
    {U'\u00B7', "middle dot", "'*'"},
    {U'\u22C5', "dot operator", "'*'"},
    {U'\u2217', "asterisk operator", "'*'"},
    {U'\u2062', "invisible times", "'*'"},
    {U'\u00F7', "division sign", "'/'"},
    {U'\u2044', "fraction slash", "'/'"},
    {U'\u2215', "division slash", "'/'"},
    {U'\u2264', "less-than or equal to", "'<='"},
    {U'\u2265', "greater-than or equal to", "'>='"},
    {U'\u2260', "not equal to", "'!='"},
    {U'\u2261', "identical to", "'=='"},
    {U'\u2227', "logical and", "'and'"},
    {U'\u2228', "logical or", "'or'"},
    {U'\u00AC', "not sign", "'not'"},
    {U'\u2295', "circled plus", "'^'"},
    {U'\u00B2', "superscript two", "'**2'"},
    {U'\u00B3', "superscript three", "'**3'"},
    {U'\u02C6', "circumflex", "'^'"},
    {U'\u2223', "divides", "'|'"},
    {U'\u223C', "tilde operator", "'~'"},
    // Punctuation
    {U'\u2018', "left single quotation mark", "\"'\""},
    {U'\u2019', "right single quotation mark", "\"'\""},
    {U'\u201C', "left double quotation mark", "'\"'"},
    {U'\u201D', "right double quotation mark", "'\"'"},
    {U'\u201E', "low double quotation mark", "'\"'"},
    {U'\u00AB', "left guillemet", "'\"'"},
    {U'\u00BB', "right guillemet", "'\"'"},
    {U'\u060C', "arabic comma", "','"},
    {U'\u3001', "ideographic comma", "','"},
    {U'\u2026', "ellipsis", "the terms themselves"},
    // Letters
    {U'\u03C0', "greek letter pi", "'pi'"},
    {U'\u221E', "infinity", "'inf'"},
    {U'\u221A', "square root", "'sqrt(x)'"},
    {U'\u00BD', "one half", "'0.5'"},
    {U'\u0430', "cyrillic letter a", "the latin 'a'"},
    {U'\u0435', "cyrillic letter ie", "the latin 'e'"},
    {U'\u043E', "cyrillic letter o", "the latin 'o'"},
    {U'\u0440', "cyrillic letter er", "the latin 'p'"},
    {U'\u0441', "cyrillic letter es", "the latin 'c'"},
    {U'\u0443', "cyrillic letter u", "the latin 'y'"},
    {U'\u0445', "cyrillic letter ha", "the latin 'x'"},
    {U'\u0455', "cyrillic letter dze", "the latin 's'"},
    {U'\u0456', "cyrillic letter i", "the latin 'i'"},
    {U'\u0458', "cyrillic letter je", "the latin 'j'"},
    {U'\u00B0', "degree sign", "radians(x)"},
});

/// The forms of ASCII characters as wide as an ideograph, in the order of ASCII from '!' to '~'.
inline constexpr char32_t first_full_width = U'\uFF01';
inline constexpr char32_t last_full_width = U'\uFF5E';

}  // namespace lanewise::inline v0::grammar
