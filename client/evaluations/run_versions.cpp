// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/run_versions.h"

#include "client/widgets/button.h"
#include "client/widgets/layout.h"
#include "client/widgets/search_select.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int versionsOfATemplate = 50;

} // namespace

RunVersions::RunVersions(QWidget *parent)
    : QWidget(parent),
      m_rows(layout::column({})),
      m_add(new Button(tr("Add a version"), u"plus"_s))
{
    setLayout(layout::column({m_rows, layout::row({m_add, layout::stretch()})}));
    connect(m_add, &QPushButton::clicked, this, &RunVersions::add);
}

void RunVersions::setTemplates(const QList<PromptTemplate> &templates) { m_templates = templates; }

void RunVersions::add()
{
    if (m_lines.size() >= most)
        return;
    Line line{nullptr, new SearchSelect({}), new Select({}), new IconButton(u"x"_s, {})};
    line.box =
        layout::box(layout::row({layout::wide(line.promptTemplate, 3), layout::wide(line.version, 2), line.removal}));
    QList<std::pair<QVariant, QString>> templates;
    for (const PromptTemplate &one : std::as_const(m_templates))
        templates.append({one.slug, one.name});
    line.promptTemplate->setChoices(templates);
    line.promptTemplate->setPlaceholder(tr("Choose a template"));
    // Another version of the same template is what people compare most.
    if (m_lines.isEmpty())
        line.promptTemplate->clearChoice();
    else
        line.promptTemplate->choose(m_lines.last().promptTemplate->value());
    m_rows->addWidget(line.box);
    m_lines.append(line);
    fillVersions(line);
    connect(line.promptTemplate, &Select::valueChosen, this, [this, line] {
        fillVersions(line);
        Q_EMIT edited();
    });
    connect(line.version, &Select::valueChosen, this, &RunVersions::edited);
    connect(line.removal, &QToolButton::clicked, this, [this, box = line.box] { remove(box); });
    renew();
    if (isVisible())
        line.promptTemplate->setFocus();
    Q_EMIT resized();
    Q_EMIT edited();
}

void RunVersions::fillVersions(const Line &line)
{
    int latest = 0;
    for (const PromptTemplate &one : std::as_const(m_templates))
        if (one.slug == line.promptTemplate->value().toString())
            latest = one.latestVersion;
    QList<std::pair<QVariant, QString>> versions{
        {0, latest > 0 ? tr("Latest (version %1)").arg(latest) : tr("Latest version")}};
    for (int version = latest; version >= std::max(1, latest - versionsOfATemplate + 1); --version)
        versions.append({version, tr("Version %1").arg(version)});
    line.version->setChoices(versions);
}

void RunVersions::remove(QWidget *box)
{
    m_lines.removeIf([box](const Line &line) { return line.box == box; });
    box->hide();
    box->deleteLater();
    renew();
    m_add->setFocus();
    Q_EMIT resized();
    Q_EMIT edited();
}

void RunVersions::renew()
{
    QWidget *before = nullptr;
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        const Line &line = m_lines[i];
        const QString number = QLocale().toString(i + 1);
        line.promptTemplate->setName(tr("Template %1").arg(number));
        line.version->setAccessibleName(tr("Version of template %1").arg(number));
        line.removal->setName(tr("Leave out version %1").arg(number));
        line.removal->setEnabled(m_lines.size() > 1);
        for (QWidget *part : std::initializer_list<QWidget *>{line.promptTemplate, line.version, line.removal}) {
            if (before)
                setTabOrder(before, part);
            before = part;
        }
    }
    if (before)
        setTabOrder(before, m_add);
    m_add->setEnabled(m_lines.size() < most);
}

QList<RunVersion> RunVersions::versions() const
{
    QList<RunVersion> versions;
    for (const Line &line : m_lines) {
        RunVersion one{.promptTemplate = line.promptTemplate->value().toString(), .version = {}, .label = {}};
        if (const int version = line.version->value().toInt(); version > 0)
            one.version = version;
        versions.append(one);
    }
    return versions;
}

bool RunVersions::isComplete() const
{
    return !m_lines.isEmpty() && std::all_of(m_lines.begin(), m_lines.end(), [](const Line &line) {
        return line.promptTemplate->currentIndex() >= 0;
    });
}
