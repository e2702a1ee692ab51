#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cuts the interface fonts down to what Patio shows and gives them private family names.

Usage: build_fonts.py SOURCE FAMILY STYLE WEIGHT OUTPUT [--tabular]

Keeps Latin, Greek, Cyrillic and the symbols of the interface. With --tabular the digits (and the signs that stand among
them) are replaced by the font's own equally wide forms, because Qt before 6.7 cannot switch a font feature on.
"""
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

KEPT = [(0x20, 0x7E), (0xA0, 0x17F), (0x2C6, 0x2DD), (0x300, 0x30C), (0x370, 0x3FF), (0x400, 0x45F), (0x490, 0x493),
        (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2122, 0x2122), (0x2190, 0x21BF), (0x2212, 0x2212), (0x2248, 0x2248),
        (0x2260, 0x2265), (0x2318, 0x2326), (0x23CE, 0x23CE), (0x2500, 0x2503), (0x25A0, 0x25CF), (0x2713, 0x2717),
        (0xFFFD, 0xFFFD)]


def feature_substitutions(font, tag):
    """The one-to-one glyph replacements of one GSUB feature."""
    gsub = font["GSUB"].table
    wanted = {index for record in gsub.FeatureList.FeatureRecord if record.FeatureTag == tag
              for index in record.Feature.LookupListIndex}
    replacements = {}
    for index in wanted:
        for table in gsub.LookupList.Lookup[index].SubTable:
            table = getattr(table, "ExtSubTable", table)
            replacements.update(getattr(table, "mapping", {}))
    return replacements


def use_tabular_digits(font):
    replacements = feature_substitutions(font, "tnum")
    for table in font["cmap"].tables:
        for code, glyph in table.cmap.items():
            if chr(code) in "0123456789+-.,:−% $" and glyph in replacements:
                table.cmap[code] = replacements[glyph]


def rename(font, family, style, weight):
    bold = style == "Bold"
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in (0, 7, 8, 9, 13, 14)]
    full = f"{family} {style}"
    for identifier, text in [(1, family if style in ("Regular", "Bold") else full), (2, "Bold" if bold else "Regular"),
                             (3, f"Patio: {full}"), (4, full), (5, "Version 1.0"),
                             (6, f"{family.replace(' ', '')}-{style}"),
                             (16, family), (17, style)]:
        names.setName(text, identifier, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames[0] = f"{family.replace(' ', '')}-{style}"
        top = cff.topDictIndex[0]
        top.FamilyName, top.FullName, top.Weight = family, full, style


def main():
    tabular = "--tabular" in sys.argv
    source, family, style, weight, output = [a for a in sys.argv[1:] if not a.startswith("--")]
    font = TTFont(source)
    if tabular:
        use_tabular_digits(font)
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.hinting = False
    options.name_IDs = [0, 7, 8, 9, 13, 14]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in KEPT for code in range(first, last + 1)])
    subsetter.subset(font)
    rename(font, family, style, int(weight))
    font.save(output)


main()
