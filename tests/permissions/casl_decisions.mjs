// SPDX-License-Identifier: GPL-3.0-or-later
// @casl/ability's side of permissions.py: reads the setup, then answers each line "SECONDS" of its input with a line
// "DECISIONS SECONDS YES", where YES counts the yes of one round through all that is asked.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { buildMongoQueryMatcher, createMongoAbility, subject } from "@casl/ability";
import { $and, $nor, $not, $or, and, nor, not, or } from "@ucast/mongo2js";

const setup = JSON.parse(readFileSync(process.argv[2], "utf8"));
const filledIn = (json) =>
    typeof json === "string" ? setup.variables[json] ?? json
    : Array.isArray(json) ? json.map(filledIn)
    : json && typeof json === "object" ? Object.fromEntries(Object.entries(json).map(([name, value]) => [name, filledIn(value)]))
    : json;

// The last rule that matches wins: roles, then what allows, then what forbids.
const rules = setup.roles.flatMap((abilities) => abilities.map((ability) => {
    const [type, action] = ability.split(".");
    return { action, subject: type };
}));
for (const effect of ["allow", "deny"])
    for (const rule of setup.rules.filter((one) => one.effect === effect))
        rules.push({ action: rule.actions, subject: rule.subject, inverted: effect === "deny",
                     ...(rule.conditions && { conditions: filledIn(rule.conditions) }) });
const ability = createMongoAbility(rules, {
    conditionsMatcher: buildMongoQueryMatcher({ $and, $or, $nor, $not }, { and, or, nor, not }),
});
const records = setup.records.map(({ type, record }) => subject(type, record));
const questions = setup.questions.map(([action, record]) => [action, records[record]]);

for await (const line of createInterface({ input: process.stdin })) {
    const begun = process.hrtime.bigint();
    const until = begun + BigInt(Math.round(Number(line) * 1e9));
    let decisions = 0, yes = 0, now = begun;
    while (now < until) {
        yes = 0;
        for (let i = 0; i < questions.length; i++)
            if (ability.can(questions[i][0], questions[i][1]))
                yes++;
        decisions += questions.length;
        now = process.hrtime.bigint();
    }
    console.log(decisions, Number(now - begun) / 1e9, yes);
}
