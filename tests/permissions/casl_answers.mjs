// SPDX-License-Identifier: GPL-3.0-or-later
// @casl/ability's side of tst_casl: answers lines of JSON from its input, each
//   {"variables": {"user.id": …}, "rules": [CASL's own], "records": […], "cases": [[action, subject, record, field], …]}
// where record, its number, and field may be null, with a line of one character for each case:
//   1 yes   0 no   n, i: it threw (THROWS below)   E and a text: it threw something else
import { createMongoAbility, buildMongoQueryMatcher, subject } from "@casl/ability";
import { $and, $nor, $not, $or, and, nor, not, or } from "@ucast/mongo2js";

const conditionsMatcher = buildMongoQueryMatcher({ $and, $or, $nor, $not }, { and, or, nor, not });

const THROWS = [
    [/^Cannot read properties of null/, "n"], // a path through an array with null in it
    [/^Unable to get field/, "i"], // $elemMatch asks a member of an item that is null, false, 0 or empty
];

function filledIn(json, variables) {
    if (typeof json === "string") {
        const name = /^\$\{(.*)\}$/.exec(json);
        return name ? variables[name[1]] : json;
    }
    if (Array.isArray(json))
        return json.map((item) => filledIn(item, variables));
    if (json && typeof json === "object")
        return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, filledIn(value, variables)]));
    return json;
}

function answer(ability, [action, type, record, field]) {
    try {
        return ability.can(action, record ? subject(type, record) : type, field ?? undefined) ? "1" : "0";
    } catch (error) {
        const known = THROWS.find(([message]) => message.test(error.message));
        return known ? known[1] : `E ${error.stack}`;
    }
}

function answers(line) {
    const { variables, rules, cases, records } = JSON.parse(line);
    for (const rule of rules)
        if (rule.conditions)
            rule.conditions = filledIn(rule.conditions, variables);
    const ability = createMongoAbility(rules, { conditionsMatcher });
    return cases.map(([action, type, record, field]) =>
        answer(ability, [action, type, record === null ? null : records[record], field])).join("");
}

let rest = "";
process.stdin.setEncoding("utf8");
for await (const text of process.stdin) {
    const lines = (rest + text).split("\n");
    rest = lines.pop();
    if (lines.length)
        process.stdout.write(lines.map((line) => answers(line) + "\n").join(""));
}
