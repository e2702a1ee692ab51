// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/usage/usage_reader.h"

#include "server/database/columns.h"
#include "server/usage/usage_pieces.h"

using database::Fragment;
using database::SqlText;
using UsageCuts::Cut;
using UsageCuts::Period;
using UsagePieces::Piece;

namespace UsageReader {
namespace {

struct Thing
{
    UsageSplit split;
    Cut cut;
    SqlText column;
    SqlText name;
};
constexpr Thing things[] = {
    {UsageSplit::None, 0, SqlText("NULL::text"), SqlText("''")},
    {UsageSplit::Model, UsageCuts::model, SqlText("model"), SqlText("''")},
    {UsageSplit::User, UsageCuts::user, SqlText("user_id"), SqlText("user_name")},
    {UsageSplit::Template, UsageCuts::prompt, SqlText("template_id"), SqlText("template_name")},
    {UsageSplit::Key, UsageCuts::key, SqlText("key_id"), SqlText("key_name")},
};
static_assert(std::size(things) == enumNames<UsageSplit>.size());

const Thing &thing(UsageSplit split) { return things[std::size_t(split)]; }

// In the order of UsageRanking.
constexpr SqlText measures[] = {SqlText("sum(cost_nanos)"), SqlText("sum(calls)"),
                                SqlText("sum(input_tokens + output_tokens)"), SqlText("sum(failed_calls + lost_calls)"),
                                SqlText("sum(saved_nanos)")};
static_assert(std::size(measures) == enumNames<UsageRanking>.size());

Cut filtered(const Selection &selection)
{
    return (selection.model ? UsageCuts::model : 0) | (selection.userId ? UsageCuts::user : 0)
        | (selection.templateId ? UsageCuts::prompt : 0) | (selection.keyId ? UsageCuts::key : 0);
}

// Those of a thing that are in a list. Calls that have none stand with zeros in the sums, and with null in the ledger.
Fragment amongThose(UsageSplit split, const QList<Largest> &those)
{
    if (split == UsageSplit::Model)
        return Fragment::of(
            {" AND model = ANY (",
             Fragment::bound(database::column(those, [](const Largest &one) { return one.model.value_or(QString()); })),
             ")"});
    const bool hasNone = std::any_of(those.begin(), those.end(), [](const Largest &one) { return !one.id; });
    const Fragment listed = Fragment::of(
        {thing(split).column, " = ANY (",
         Fragment::bound(database::column(those, [](const Largest &one) { return one.id.value_or(QUuid()); })), ")"});
    return hasNone ? Fragment::of({" AND (", listed, " OR ", thing(split).column, " IS NULL)"})
                   : Fragment::of({" AND ", listed});
}

Fragment filters(const Selection &selection)
{
    Fragment all;
    if (selection.model)
        all.append({" AND model = ", Fragment::bound(*selection.model)});
    if (selection.userId)
        all.append({" AND user_id = ", Fragment::bound(*selection.userId)});
    if (selection.templateId)
        all.append({" AND template_id = ", Fragment::bound(*selection.templateId)});
    if (selection.keyId)
        all.append({" AND key_id = ", Fragment::bound(*selection.keyId)});
    return all;
}

// Rows of the ledger, in the shape of sums.
Fragment callsOf(SqlText view, const QDateTime &from, const QDateTime &to, const Fragment &where)
{
    return Fragment::of({R"(
            SELECT called_at AS start, model, user_id, template_id, key_id, user_name, template_name, key_name, calls,
                   failed_calls, lost_calls, input_tokens, cached_input_tokens, output_tokens, reasoning_tokens,
                   cost_nanos, unpriced_calls, cache_write_tokens, cache_hits, saved_nanos, latencies
            FROM )",
                         view, " WHERE called_at >= ", Fragment::bound(from), " AND called_at < ", Fragment::bound(to),
                         where});
}

Fragment rowsOf(const Piece &piece, Cut needed, const Fragment &where)
{
    if (!piece.period)
        return callsOf("usage_entries", piece.from, piece.to, where);
    const qint64 cut = *UsageCuts::cutFor(*piece.period, needed);
    return Fragment::of({R"(
            SELECT start, model, nullif(user_id, '00000000-0000-0000-0000-000000000000') AS user_id,
                   nullif(template_id, '00000000-0000-0000-0000-000000000000') AS template_id,
                   nullif(key_id, '00000000-0000-0000-0000-000000000000') AS key_id, user_name, template_name, key_name,
                   calls, failed_calls, lost_calls, input_tokens, cached_input_tokens, output_tokens, reasoning_tokens,
                   cost_nanos, unpriced_calls, cache_write_tokens, cache_hits, saved_nanos, latencies
            FROM usage_sums
            WHERE cut = )",
                         Fragment::bound(cut), "::smallint AND period = ", Fragment::bound(*piece.period),
                         " AND start >= ", Fragment::bound(piece.from), " AND start < ", Fragment::bound(piece.to),
                         where});
}

// The selected calls in sums that tell `grouped` apart, as records of which rules speak; for `FROM`. Beside the sums of
// a time stand the calls of it that are not in them yet.
Fragment records(const Selection &selection, Cut grouped, Period largest, const Fragment &where = {})
{
    const Cut needed = grouped | filtered(selection) | selection.asked;
    if (selection.asksForDays)
        largest = std::min(largest, Period::Day);
    const Fragment all = Fragment::of({filters(selection), where});
    Fragment parts = rowsOf({Period::Day, selection.from, selection.from}, 0, all); // nothing, but with the columns
    std::optional<QDateTime> from, to;
    for (const Piece &piece : UsagePieces::of(selection.from, selection.to, largest, needed)) {
        parts.append({" UNION ALL ", rowsOf(piece, needed, all)});
        if (!piece.period)
            continue;
        from = from ? std::min(*from, piece.from) : piece.from;
        to = to ? std::max(*to, piece.to) : piece.to;
    }
    if (from)
        parts.append({" UNION ALL ", callsOf("usage_unsummed_entries", *from, *to, all)});
    return Fragment::of(
        {"(SELECT *, start::date::text AS day FROM (", parts, ") AS parts) AS records WHERE ", selection.rows});
}

// What sums by buckets are made of.
Period periodFor(UsageBucket bucket)
{
    switch (bucket) {
    case UsageBucket::Hour:
        return Period::Hour;
    case UsageBucket::Day:
    case UsageBucket::Week:
        return Period::Day;
    case UsageBucket::Month:
        break;
    }
    return Period::Month;
}

QList<Point> points(Transaction &tx, const Selection &selection, UsageBucket bucket, UsageSplit split,
                    const Fragment &where)
{
    const bool isModel = split == UsageSplit::Model;
    return tx.allWhere<Point>(
        "{where}",
        Fragment::of({"SELECT date_trunc(", Fragment::bound(bucket), ", start) AS start, ",
                      isModel ? SqlText("model") : SqlText("NULL::text"), " AS model, ",
                      isModel || split == UsageSplit::None ? SqlText("NULL::uuid") : thing(split).column, R"( AS id,
                          ARRAY[sum(calls), sum(failed_calls), sum(lost_calls), sum(input_tokens),
                                sum(cached_input_tokens), sum(output_tokens), sum(reasoning_tokens), sum(cost_nanos),
                                sum(unpriced_calls), sum(cache_write_tokens), sum(cache_hits),
                                sum(saved_nanos)]::bigint[] AS figures
                      FROM )",
                      records(selection, thing(split).cut, periodFor(bucket), where), " GROUP BY 1, 2, 3"}));
}

} // namespace

QList<UsageRow> report(Transaction &tx, const Selection &selection, const QList<UsageGroup> &groups)
{
    const auto has = [&](UsageGroup group) { return groups.contains(group); };
    const auto told = [&](UsageGroup group, SqlText column, SqlText none) { return has(group) ? column : none; };
    const Cut grouped = (has(UsageGroup::Model) ? UsageCuts::model : 0) | (has(UsageGroup::User) ? UsageCuts::user : 0)
        | (has(UsageGroup::Template) ? UsageCuts::prompt : 0) | (has(UsageGroup::Key) ? UsageCuts::key : 0);
    return tx.allWhere<UsageRow>(
        "{where}",
        Fragment::of({"SELECT ", told(UsageGroup::Day, "day", "NULL::text"), " AS day, ",
                      told(UsageGroup::Model, "model", "NULL::text"), " AS model, ",
                      told(UsageGroup::User, "user_id", "NULL::uuid"), " AS user_id, ",
                      told(UsageGroup::User, "max(user_name)", "NULL::text"), " AS user_name, ",
                      told(UsageGroup::Template, "template_id", "NULL::uuid"), " AS template_id, ",
                      told(UsageGroup::Template, "max(template_name)", "NULL::text"), " AS template_name, ",
                      told(UsageGroup::Key, "key_id", "NULL::uuid"), " AS key_id, ",
                      told(UsageGroup::Key, "max(key_name)", "NULL::text"), R"( AS key_name,
                          sum(calls)::bigint AS calls, sum(failed_calls)::bigint AS failed_calls,
                          sum(lost_calls)::bigint AS lost_calls, sum(input_tokens)::bigint AS input_tokens,
                          sum(cached_input_tokens)::bigint AS cached_input_tokens,
                          sum(output_tokens)::bigint AS output_tokens, sum(reasoning_tokens)::bigint AS reasoning_tokens,
                          sum(cost_nanos)::bigint AS cost_nanos, sum(unpriced_calls)::bigint AS unpriced_calls,
                          sum(cache_write_tokens)::bigint AS cache_write_tokens, sum(cache_hits)::bigint AS cache_hits,
                          sum(saved_nanos)::bigint AS saved_nanos
                      FROM )",
                      records(selection, grouped, has(UsageGroup::Day) ? Period::Day : Period::Month),
                      " GROUP BY 1, 2, 3, 5, 7 ORDER BY 1, 2, 4, 6, 8"}));
}

QList<Largest> largest(Transaction &tx, const Selection &selection, UsageSplit split, UsageRanking measure, int most)
{
    const bool isModel = split == UsageSplit::Model;
    return tx.allWhere<Largest>(
        "{where}",
        Fragment::of({"SELECT ", isModel ? SqlText("model") : SqlText("NULL::text"), " AS model, ",
                      isModel ? SqlText("NULL::uuid") : thing(split).column, " AS id, max(", thing(split).name,
                      ") AS name, count(*) OVER () AS found FROM ", records(selection, thing(split).cut, Period::Month),
                      " GROUP BY 1, 2 ORDER BY ", measures[std::size_t(measure)], " DESC, 1, 2 LIMIT ",
                      Fragment::bound(qint64(most))}));
}

QList<Point> points(Transaction &tx, const Selection &selection, UsageBucket bucket)
{
    return points(tx, selection, bucket, UsageSplit::None, Fragment());
}

QList<Point> points(Transaction &tx, const Selection &selection, UsageBucket bucket, UsageSplit split,
                    const QList<Largest> &of)
{
    return points(tx, selection, bucket, split, amongThose(split, of));
}

QList<LatencyCount> latencies(Transaction &tx, const Selection &selection, UsageBucket bucket)
{
    return tx.allWhere<LatencyCount>("{where}",
                                     Fragment::of({"SELECT date_trunc(", Fragment::bound(bucket),
                                                   R"(, start) AS start, part & 128 <> 0 AS is_first_token,
                          (part & 127)::integer AS bucket, sum(part >> 8)::bigint AS calls
                      FROM (SELECT start, unnest(latencies) AS part FROM )",
                                                   records(selection, UsageCuts::latencies, periodFor(bucket)),
                                                   ") AS parts GROUP BY 1, 2, 3 HAVING sum(part >> 8) <> 0"}));
}

} // namespace UsageReader
