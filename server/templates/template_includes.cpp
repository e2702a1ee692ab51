// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/templates/template_includes.h"

#include "server/database/columns.h"
#include "server/permissions/access.h"
#include "server/templates/template_store.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using database::column;

namespace {

constexpr qsizetype mostReferences = 100; // of one template, all levels together
constexpr int deepestInclude = 8;
constexpr qsizetype longestExpansion = 1'000'000; // UTF-16 units, before variables

QString notThere(const QString &slug) { return u"There is no template “%1”."_s.arg(slug); }

// Loads what is reached level by level, then looks through it for cycles, depth and size.
class Resolver
{
public:
    Resolver(Transaction &tx, const std::optional<QUuid> &root) : m_tx(tx), m_root(root) { }

    TemplateIncludes run(const QStringList &references)
    {
        load(references);
        TemplateIncludes result;
        for (const QString &reference : references) {
            const Node &node = look(reference, 1);
            if (!node.problem.isEmpty())
                result.broken.insert(reference, node.problem);
            if (!node.id.isNull())
                result.ids.insert(reference, node.id);
        }
        for (auto it = m_nodes.cbegin(); it != m_nodes.cend(); ++it) {
            if (it->version == 0)
                continue;
            result.texts.insert(it.key(), it->text);
            const auto isSame = [&](const UsedTemplate &one) {
                return one.templateId == it->id && one.version == it->version;
            };
            if (std::none_of(result.used.cbegin(), result.used.cend(), isSame))
                result.used.append({it->id, it->slug, it->version});
        }
        std::sort(result.used.begin(), result.used.end(), [](const UsedTemplate &a, const UsedTemplate &b) {
            return std::tie(a.slug, a.version) < std::tie(b.slug, b.version);
        });
        return result;
    }

private:
    struct Node
    {
        QUuid id;
        QString slug;
        int version = 0; // 0: not there
        QString text;
        QStringList names; // of each tag, also the same again
        QString problem;
        qsizetype length = -1; // with all that it includes; -1: not looked at yet
        int height = 1;
    };

    void load(QStringList wanted)
    {
        while (!wanted.isEmpty() && m_nodes.size() <= mostReferences) {
            QList<TemplateStore::Reference> level;
            for (const QString &text : std::as_const(wanted))
                level.append(TemplateStore::Reference::parse(text));
            const auto found = TemplateStore::findIncluded(m_tx, level);
            for (const TemplateStore::Included &one : found)
                m_nodes.insert(one.reference, made(one));
            QStringList next;
            for (const QString &text : std::as_const(wanted))
                for (const QString &name : std::as_const(m_nodes[text].names))
                    if (!m_nodes.contains(name) && !next.contains(name))
                        next.append(name);
            wanted = next;
        }
        m_isTooMuch = m_nodes.size() > mostReferences;
    }

    static Node made(const TemplateStore::Included &one)
    {
        Node node;
        node.id = one.templateId.value_or(QUuid());
        node.slug = one.slug;
        if (!one.templateId)
            node.problem = notThere(one.slug);
        else if (!one.version)
            node.problem = one.label.isEmpty() ? u"“%1” has no such version."_s.arg(one.reference)
                                               : u"“%1” has no label “%2”."_s.arg(one.slug, one.label);
        if (!node.problem.isEmpty())
            return node;
        node.version = *one.version;
        node.text = one.userPrompt;
        const auto parsed = templates::PromptText::parse(node.text);
        for (const auto &piece : parsed.pieces())
            if (piece.kind == templates::PromptText::Kind::Partial)
                node.names.append(piece.path.first());
        return node;
    }

    const Node &look(const QString &reference, int depth)
    {
        Node &node = m_nodes[reference];
        if (m_isTooMuch)
            node.problem = u"More than %1 templates are included."_s.arg(mostReferences);
        if (node.length >= 0 || !node.problem.isEmpty())
            return node;
        const auto before =
            std::find_if(m_path.cbegin(), m_path.cend(), [&](const Node *one) { return one->id == node.id; });
        if (node.id == m_root || before != m_path.cend()) {
            QStringList circle;
            if (node.id == m_root)
                circle.append(node.slug);
            for (auto it = node.id == m_root ? m_path.cbegin() : before; it != m_path.cend(); ++it)
                circle.append((*it)->slug);
            node.problem = node.id == m_root && circle.size() == 1
                ? u"A template cannot include itself."_s
                : u"Templates include each other in a circle: %1 → %2."_s.arg(circle.join(u" → "_s), node.slug);
            return node;
        }
        m_path.append(&node);
        qsizetype length = node.text.size();
        for (const QString &name : std::as_const(node.names)) {
            const Node &inner = look(name, depth + 1);
            node.height = std::max(node.height, inner.height + 1);
            length += std::max<qsizetype>(inner.length, 0);
            if (!inner.problem.isEmpty() && node.problem.isEmpty())
                node.problem = inner.problem;
            if (length > longestExpansion)
                break;
        }
        m_path.removeLast();
        if (node.problem.isEmpty() && node.height > deepestInclude)
            node.problem = u"Templates include each other deeper than %1."_s.arg(deepestInclude);
        else if (node.problem.isEmpty() && length > longestExpansion)
            node.problem = u"What is included is longer than %1 characters."_s.arg(longestExpansion);
        node.length = length;
        return node;
    }

    Transaction &m_tx;
    const std::optional<QUuid> m_root;
    QHash<QString, Node> m_nodes;
    QList<const Node *> m_path;
    bool m_isTooMuch = false;
};

} // namespace

TemplateIncludes TemplateIncludes::resolve(Transaction &tx, const QStringList &references,
                                           const std::optional<QUuid> &root)
{
    if (references.isEmpty())
        return {};
    return Resolver(tx, root).run(references);
}

void TemplateIncludes::hideUnreadable(Transaction &tx, const Caller &caller)
{
    if (Access::seesAll(caller, Ability::TemplatesRead))
        return;
    for (auto it = ids.cbegin(); it != ids.cend(); ++it) {
        const auto record = TemplateStore::find(tx, it.value());
        if (!record || !Access::may(caller, Ability::TemplatesRead, *record))
            broken.insert(it.key(), notThere(TemplateStore::Reference::parse(it.key()).slug));
    }
}
