// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/template_partials.h"

#include "shared/templates/endpoints.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int deepestPartial = templates::RenderLimits{}.depth;

} // namespace

TemplatePartials::TemplatePartials(Workspace &workspace, TemplateLibrary &library, QObject *parent)
    : QObject(parent),
      m_workspace(workspace),
      m_library(library)
{
    connect(&library, &TemplateLibrary::changed, this, &TemplatePartials::resolve); // labels move, versions come
}

void TemplatePartials::want(const QStringList &references, const QUuid &self)
{
    if (references == m_wanted && self == m_self)
        return;
    m_wanted = references;
    m_self = self;
    resolve();
}

Result<TemplatePartials::Target> TemplatePartials::find(const QString &reference) const
{
    const QString slug = reference.section(u'@', 0, 0), at = reference.section(u'@', 1);
    const auto &all = m_library.templates();
    const auto found = std::find_if(all.begin(), all.end(), [&](const PromptTemplate &t) { return t.slug == slug; });
    if (found == all.end())
        return ApiError::make(404, "notFound", tr("There is no template “%1”.").arg(slug));
    if (!reference.contains(u'@'))
        return Target{found->id, found->latestVersion};
    bool isNumber = false;
    const int number = at.toInt(&isNumber);
    if (isNumber)
        return number >= 1 && number <= found->latestVersion
            ? Result<Target>(Target{found->id, number})
            : ApiError::make(404, "notFound", tr("“%1” has no version %2.").arg(slug).arg(number));
    for (const LabelPlace &label : found->labels)
        if (label.label == at)
            return Target{found->id, label.version};
    return ApiError::make(404, "notFound", tr("“%1” has no label “%2”.").arg(slug, at));
}

std::optional<QUuid> TemplatePartials::templateOf(const QString &reference) const
{
    const auto target = find(reference);
    return target ? std::optional(target->id) : std::nullopt;
}

void TemplatePartials::resolve()
{
    const auto before = std::pair(m_texts, m_broken);
    m_texts.clear();
    m_broken.clear();
    m_pending = 0;
    for (const QString &reference : std::as_const(m_wanted))
        if (const QString problem = follow(reference, {m_self}); !problem.isEmpty())
            m_broken.insert(reference, problem);
    if (before != std::pair(m_texts, m_broken))
        Q_EMIT changed();
}

// What is wrong with it or with what it includes; empty: nothing that is known yet.
QString TemplatePartials::follow(const QString &reference, QList<QUuid> within)
{
    const auto target = find(reference);
    if (!target)
        return target.error().detail;
    if (within.contains(target->id))
        return tr("“%1” comes to include itself.").arg(reference);
    if (within.size() > deepestPartial)
        return tr("“%1” lies too deep within others.").arg(reference);
    if (m_missing.contains(*target))
        return tr("“%1” cannot be read.").arg(reference);
    const auto text = m_known.constFind(*target);
    if (text == m_known.constEnd()) {
        ++m_pending;
        load(*target);
        return {};
    }
    m_texts.insert(reference, *text);
    within.append(target->id);
    for (const QString &inner : templates::PromptText::parse(*text).references())
        if (const QString problem = follow(inner, within); !problem.isEmpty())
            return problem;
    return {};
}

void TemplatePartials::load(const Target &target)
{
    if (m_asked.contains(target))
        return;
    m_asked.insert(target);
    m_workspace.api().call(endpoints::templates::version.at(target.id, target.version), {}, this,
                           [this, target](const Result<TemplateVersion> &reply) {
                               m_asked.remove(target);
                               if (reply)
                                   m_known.insert(target, reply->userPrompt);
                               else if (reply.error().status >= 400 && reply.error().status < 500)
                                   m_missing.insert(target);
                               else
                                   return; // not reachable: with the next change of the list
                               resolve();
                           });
}

QStringList TemplatePartials::completions() const
{
    QStringList all;
    for (const PromptTemplate &one : m_library.templates()) {
        if (one.id == m_self)
            continue;
        all << one.slug;
        for (const LabelPlace &label : one.labels)
            all << one.slug + u'@' + label.label;
    }
    all.sort();
    return all;
}
