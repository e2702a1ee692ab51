// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/shell/sign_in_page.h"
#include "client/templates/prompt_edit.h"
#include "client/templates/template_editor.h"
#include "client/templates/templates_page.h"
#include "client/widgets/data_table.h"
#include "shared/templates/endpoints.h"
#include "tests/client/demo_stack.h"
#include "tests/client/desk_fixture.h"

#include <QMenu>

// The templates page in the window, against the real server.
class TemplatesDesk : public DeskFixture
{
public:
    TemplatesDesk(DemoStack &stack, const QString &folder) : DeskFixture(folder), m_stack(stack) { }

    // Signed in as the demo's first person, or as somebody else.
    bool open(std::optional<Role> role = {}, QSize size = {1440, 900})
    {
        StartOptions options;
        if (role)
            options.server = QUrl(m_stack.demo().baseUrl);
        else
            options.demoFile = m_stack.demoFile();
        if (!show(options, size))
            return false;
        if (role && !window.isAtDesk()) {
            const DemoUser user = m_stack.user(*role);
            Q_EMIT window.signIn().submitted(
                {options.server.toString(), QStringLiteral("acme"), user.email, user.password, false});
        }
        if (!QTest::qWaitFor([this] { return window.isAtDesk(); }, 30'000))
            return false;
        window.navigation().open(QStringLiteral("templates"));
        return QTest::qWaitFor([this] { return page<TemplatesPage>() && table()->model()->rowCount() > 0; }, 20'000);
    }

    DataTable *table() const { return page<TemplatesPage>()->findChild<DataTable *>(); }
    TemplateEditor *editor() const { return page<TemplateEditor>(); }
    PromptEdit *prompt() const { return editor()->findChildren<PromptEdit *>().last(); }

    QStringList prompts() const
    {
        QStringList texts;
        for (const PromptEdit *edit : editor()->findChildren<PromptEdit *>())
            texts << edit->toPlainText();
        return texts;
    }

    int rowOf(const QString &name) const
    {
        for (int i = 0; i < table()->model()->rowCount(); ++i)
            if (table()->model()->index(i, 0).data().toString() == name)
                return i;
        return -1;
    }
    bool choose(const QString &name)
    {
        if (!QTest::qWaitFor([&] { return rowOf(name) >= 0; }, 20'000))
            return false;
        table()->setCurrentIndex(table()->model()->index(rowOf(name), 0));
        table()->selectRow(rowOf(name));
        return true;
    }
    bool openTemplate(const QString &name, const QString &userPrompt)
    {
        if (!choose(name))
            return false;
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Return);
        return QTest::qWaitFor([&] { return editor() && prompts().contains(userPrompt); }, 20'000);
    }

    // Presses what says so in the menu that is open, or in one of its submenus. "&" is not looked at.
    static bool press(QMenu *menu, const QStringList &path)
    {
        for (QAction *action : menu->actions()) {
            if (action->text().section(u'\t', 0, 0).remove(u'&') != path.first())
                continue;
            if (path.size() == 1) {
                action->trigger();
                return true;
            }
            return action->menu() && press(action->menu(), path.mid(1));
        }
        return false;
    }

    static QMenu *filled(QPushButton *button)
    {
        Q_EMIT button->menu()->aboutToShow();
        return button->menu();
    }

private:
    DemoStack &m_stack;
};
