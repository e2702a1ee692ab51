// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/pattern_list.h"

#include "client/design/theme.h"
#include "client/gateway/gateway_settings_words.h"
#include "client/widgets/button.h"
#include "client/widgets/form_field.h"
#include "client/widgets/layout.h"
#include "shared/patterns/pattern.h"

#include <QBoxLayout>
#include <QLineEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

PatternList::PatternList(QWidget *parent)
    : QWidget(parent),
      m_rows(layout::column({}, Length::Space6)),
      m_add(new Button({}, u"plus"_s, ButtonVariant::Ghost))
{
    setLayout(layout::column({m_rows, layout::row({m_add, layout::stretch()})}, Length::Space6));
    connect(m_add, &QPushButton::clicked, this, [this] {
        add({});
        renew();
        m_lines.last().field->edit()->setFocus(Qt::OtherFocusReason);
    });
}

void PatternList::setTexts(const QString &name, const QString &add)
{
    m_name = name;
    m_add->setText(add);
    m_add->setAccessibleName(u"%1: %2"_s.arg(name, add));
    for (const Line &line : std::as_const(m_lines))
        check(line.field);
    renew();
}

void PatternList::setPatterns(const QStringList &patterns)
{
    if (patterns == this->patterns() && m_lines.size() == patterns.size())
        return;
    while (!m_lines.isEmpty())
        remove(m_lines.first().box);
    for (const QString &pattern : patterns)
        add(pattern);
    renew();
}

QStringList PatternList::patterns() const
{
    QStringList patterns;
    for (const Line &line : m_lines)
        if (!line.field->text().isEmpty())
            patterns << line.field->text();
    return patterns;
}

bool PatternList::isValid() const
{
    return std::none_of(m_lines.begin(), m_lines.end(), [](const Line &line) { return line.field->hasError(); });
}

void PatternList::add(const QString &pattern)
{
    auto *field = new TextField({});
    auto *removal = new IconButton(u"x"_s, {});
    field->edit()->setFont(theme().font(TextStyle::Mono));
    connect(&theme(), &Theme::changed, field, [field] { field->edit()->setFont(theme().font(TextStyle::Mono)); });
    field->setText(pattern);
    auto *row = layout::row({layout::wide(field)}, Length::Space6);
    row->addWidget(removal, 0, Qt::AlignTop);
    QWidget *box = layout::box(row);
    m_rows->addWidget(box);
    m_lines.append({box, field, removal});
    connect(field->edit(), &QLineEdit::textEdited, this, [this, field] {
        check(field);
        Q_EMIT edited();
    });
    connect(field->edit(), &QLineEdit::returnPressed, m_add, &QPushButton::click);
    connect(removal, &QToolButton::clicked, this, [this, box] {
        remove(box);
        renew();
        m_add->setFocus(Qt::OtherFocusReason);
        Q_EMIT edited();
    });
    check(field);
}

void PatternList::remove(QWidget *box)
{
    m_lines.removeIf([&](const Line &line) { return line.box == box; });
    m_rows->removeWidget(box);
    box->hide();
    box->deleteLater(); // its button may be what asks
}

void PatternList::check(TextField *field) const
{
    const patterns::Pattern pattern(field->text());
    field->setError(shownProblem(pattern));
}

void PatternList::renew()
{
    QWidget *before = nullptr;
    int number = 0;
    for (const Line &line : std::as_const(m_lines)) {
        ++number;
        line.field->edit()->setAccessibleName(tr("%1 %2", "name of a list, number of a line").arg(m_name).arg(number));
        line.removal->setName(tr("Remove pattern %1").arg(number));
        if (before)
            setTabOrder(before, line.field->edit());
        setTabOrder(line.field->edit(), line.removal);
        before = line.removal;
    }
    if (before)
        setTabOrder(before, m_add);
    m_add->setEnabled(m_lines.size() < mostPatterns);
}
