// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/accessible_toggle.h"

#include <QAbstractButton>
#include <QAccessibleWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

class AccessibleToggle : public QAccessibleWidget
{
public:
    AccessibleToggle(QAbstractButton *button, QAccessible::Role role) : QAccessibleWidget(button, role) { }

    QString text(QAccessible::Text kind) const override
    {
        const QString given = QAccessibleWidget::text(kind);
        if (kind != QAccessible::Name || !given.isEmpty())
            return given;
        return button()->text().remove(u'&');
    }

    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        const bool isTab = role() == QAccessible::PageTab;
        state.checkable = !isTab;
        state.checked = !isTab && button()->isChecked();
        state.selectable = isTab;
        state.selected = isTab && button()->isChecked();
        return state;
    }

    QStringList actionNames() const override
    {
        if (!button()->isEnabled())
            return {};
        return {role() == QAccessible::CheckBox ? toggleAction() : pressAction(), setFocusAction()};
    }

    void doAction(const QString &name) override
    {
        if (name == toggleAction() || name == pressAction())
            button()->click();
        else
            QAccessibleWidget::doAction(name);
    }

private:
    QAbstractButton *button() const { return static_cast<QAbstractButton *>(object()); }
};

QAccessibleInterface *make(const QString &className, QObject *object)
{
    static constexpr std::pair<QLatin1StringView, QAccessible::Role> classes[] = {
        {"QCheckBox"_L1, QAccessible::CheckBox},
        {"Switch"_L1, QAccessible::CheckBox},
        {"NavItem"_L1, QAccessible::PageTab},
        {"QAbstractButton"_L1, QAccessible::RadioButton}}; // a segment
    const auto found =
        std::find_if(std::begin(classes), std::end(classes), [&](const auto &one) { return one.first == className; });
    auto *button = qobject_cast<QAbstractButton *>(object);
    return found != std::end(classes) && button && button->isCheckable() ? new AccessibleToggle(button, found->second)
                                                                         : nullptr;
}

} // namespace

void installAccessibleToggles()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(make);
        return true;
    }();
    Q_UNUSED(isInstalled)
}
