// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/permissions/role_matrix.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/permissions/permission_words.h"
#include "client/users/user_looks.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct MarkLook
{
    QString icon;
    ColorRole color;
    ColorRole soft; // of the circle behind it; Surface: none
};

MarkLook lookOf(RoleMark mark)
{
    switch (mark) {
    case RoleMark::Yes:
        return {u"check"_s, ColorRole::Success, ColorRole::SuccessSoft};
    case RoleMark::Depends:
        return {u"code"_s, ColorRole::Warning, ColorRole::WarningSoft};
    case RoleMark::Forbidden:
        return {u"ban"_s, ColorRole::Danger, ColorRole::DangerSoft};
    case RoleMark::OutsidePlan:
        return {u"lock"_s, ColorRole::Text3, ColorRole::Surface};
    case RoleMark::No:
        break;
    }
    return {u"minus"_s, ColorRole::Text3, ColorRole::Surface};
}

class MarkDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto *table = qobject_cast<const QTableView *>(option.widget);
        const ColorRole ground = table && table->currentIndex() == index ? ColorRole::AccentSoft
            : option.state & QStyle::State_MouseOver                     ? ColorRole::Hover
                                                                         : ColorRole::Surface;
        painter->fillRect(option.rect, theme().color(ground));
        painter->fillRect(option.rect.x(), option.rect.bottom(), option.rect.width(), px(Length::Hairline),
                          theme().color(ColorRole::Border));
        const MarkLook look = lookOf(RoleMark(index.data(RoleMatrixModel::MarkRole).toInt()));
        QRect circle(0, 0, px(Length::Check) + px(Length::Space4), px(Length::Check) + px(Length::Space4));
        circle.moveCenter(option.rect.center());
        if (look.soft != ColorRole::Surface)
            paint::box(*painter, circle, circle.width() / 2.0, theme().color(look.soft));
        QRect square(0, 0, px(Length::IconTiny), px(Length::IconTiny));
        square.moveCenter(circle.center());
        paintIcon(*painter, square, look.icon, look.color);
        if (table && table->hasFocus() && table->currentIndex() == index)
            paint::focusRing(*painter, option.rect.adjusted(2, 2, -2, -2), px(Length::RadiusSmall));
    }
};

} // namespace

RoleMatrixModel::RoleMatrixModel(const PermissionDirectory &directory, QObject *parent)
    : QAbstractTableModel(parent),
      m_directory(directory)
{
}

void RoleMatrixModel::renew()
{
    beginResetModel();
    m_abilities.clear();
    for (const Subject &subject : m_directory.catalogue().subjects)
        for (std::size_t i = 0; i < enumNames<Ability>.size(); ++i)
            if (const Subject *of = subjectOf(Ability(i)); of && of->name == subject.name && canBeHeld(Ability(i)))
                m_abilities.append(Ability(i));
    endResetModel();
}

// What only operators of the server may do is not for this tenant's roles.
bool RoleMatrixModel::canBeHeld(Ability ability) const
{
    const auto &roles = m_directory.catalogue().roles;
    return std::any_of(roles.begin(), roles.end(),
                       [&](const BuiltInRole &role) { return role.abilities.contains(ability); });
}

const CustomRole *RoleMatrixModel::customRole(int column) const
{
    const qsizetype index = column - m_directory.catalogue().roles.size();
    return index < 0 || index >= m_directory.customRoles().size() ? nullptr : &m_directory.customRoles()[index];
}

QString RoleMatrixModel::roleName(int column) const
{
    const CustomRole *own = customRole(column);
    return own ? own->name : shownRole(m_directory.catalogue().roles[column].name);
}

bool RoleMatrixModel::has(int row, int column) const
{
    const CustomRole *own = customRole(column);
    return (own ? own->abilities : m_directory.catalogue().roles[column].abilities).contains(m_abilities[row]);
}

// Those in force that speak of the role, or of everyone, and of the ability.
QList<Rule> RoleMatrixModel::rulesFor(int row, int column) const
{
    const CustomRole *own = customRole(column);
    const auto speaksOfRole = [&](const RuleWho &who) {
        switch (who.kind) {
        case RuleWhoKind::Everyone:
            return true;
        case RuleWhoKind::Role:
            return !own && who.value == json::name(m_directory.catalogue().roles[column].name);
        case RuleWhoKind::CustomRole:
            return own && QUuid::fromString(who.value) == own->id;
        case RuleWhoKind::User:
        case RuleWhoKind::GatewayKey:
            return false;
        }
        return false;
    };
    QList<Rule> found;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const Rule &rule : m_directory.rules())
        if (stateOf(rule, now) == RuleState::Active && std::any_of(rule.who.begin(), rule.who.end(), speaksOfRole)
            && abilitiesOf(rule.actions, rule.subject).test(bit(m_abilities[row])))
            found.append(rule);
    return found;
}

RoleMark RoleMatrixModel::mark(int row, int column) const
{
    const Subject *subject = subjectOf(m_abilities[row]);
    if (subject && !m_directory.inPlan(subject->name))
        return RoleMark::OutsidePlan;
    bool isYes = has(row, column), isLimited = false, isSometimes = false;
    for (const Rule &rule : rulesFor(row, column)) {
        const bool isWhole = !rule.conditions && !rule.onlyFields;
        if (rule.effect == RuleEffect::Deny && isWhole)
            return isYes ? RoleMark::Forbidden : RoleMark::No;
        if (rule.effect == RuleEffect::Deny)
            isLimited = true;
        else
            (isWhole ? isYes : isSometimes) = true;
    }
    if (isYes)
        return isLimited ? RoleMark::Depends : RoleMark::Yes;
    return isSometimes ? RoleMark::Depends : RoleMark::No;
}

QString RoleMatrixModel::explained(int row, int column) const
{
    const QString who = roleName(column), what = shownAbility(m_abilities[row]);
    const auto text = [&](const QString &sentence) { return sentence.arg(who, what); };
    QString said;
    switch (mark(row, column)) {
    case RoleMark::OutsidePlan:
        return text(tr("%1 · %2: not in the plan of this tenant."));
    case RoleMark::Yes:
        said = has(row, column) ? text(tr("%1 · %2: yes, the role has it.")) : text(tr("%1 · %2: yes, by a rule."));
        break;
    case RoleMark::Depends:
        said = text(tr("%1 · %2: rules decide case by case."));
        break;
    case RoleMark::Forbidden:
        said = text(tr("%1 · %2: no, a rule forbids it."));
        break;
    case RoleMark::No:
        said = text(tr("%1 · %2: no."));
        break;
    }
    for (const Rule &rule : rulesFor(row, column))
        said += u' '
            + tr("%1: “%2”.", "the effect and the reason of a rule")
                  .arg(lookOf(rule.effect).label,
                       rule.reason.isEmpty() ? shownCondition(rule.conditions) : rule.reason);
    return said;
}

int RoleMatrixModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_abilities.size());
}

int RoleMatrixModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_directory.catalogue().roles.size() + m_directory.customRoles().size());
}

QVariant RoleMatrixModel::data(const QModelIndex &index, int role) const
{
    switch (role) {
    case MarkRole:
        return int(mark(index.row(), index.column()));
    case IsOwnRole:
        return customRole(index.column()) != nullptr;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return explained(index.row(), index.column());
    }
    return {};
}

QVariant RoleMatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal) {
        if (role == Qt::DisplayRole)
            return roleName(section);
        if (role == Qt::ToolTipRole)
            return customRole(section) ? customRole(section)->description
                                       : explainedRole(m_directory.catalogue().roles[section].name);
        if (role == Qt::TextAlignmentRole)
            return int(Qt::AlignCenter);
        return {};
    }
    if (role == Qt::DisplayRole)
        return QString(json::name(m_abilities[section]));
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return shownAbility(m_abilities[section]);
    return {};
}

RoleMatrix::RoleMatrix(QWidget *parent) : QTableView(parent)
{
    setItemDelegate(new MarkDelegate(this));
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::NoSelection);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    horizontalHeader()->setSectionsClickable(true);
    horizontalHeader()->setHighlightSections(false);
    verticalHeader()->setHighlightSections(false);
    if (auto *corner = findChild<QAbstractButton *>())
        corner->setAccessibleName(tr("Abilities and roles"));
    connect(this, &QAbstractItemView::doubleClicked, this, &RoleMatrix::toggleRequested);
    connect(&theme(), &Theme::changed, this, &RoleMatrix::applyTheme);
    applyTheme();
}

void RoleMatrix::applyTheme()
{
    verticalHeader()->setDefaultSectionSize(px(Length::RowNormal));
    horizontalHeader()->setMinimumSectionSize(px(Length::RailCollapsed));
    fitTitles();
    viewport()->update();
}

// Columns as wide as the names of their roles.
void RoleMatrix::fitTitles()
{
    for (int column = 0; model() && column < model()->columnCount(); ++column) {
        const QString title = model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        horizontalHeader()->resizeSection(column, paint::textWidth(title, TextStyle::Caption) + px(Length::Space32));
    }
}

void RoleMatrix::reset()
{
    QTableView::reset();
    fitTitles();
}

void RoleMatrix::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && currentIndex().isValid())
        return Q_EMIT toggleRequested(currentIndex());
    QTableView::keyPressEvent(event);
}

void RoleMatrix::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    Q_EMIT cellChosen(current);
}

void RoleMatrix::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyTheme();
}
