// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/shell/commands.h"
#include "client/widgets/toast.h"
#include "shared/permissions/ability.h"

#include <QJsonObject>
#include <QWidget>

#include <functional>
#include <optional>

// One place of the program. Made when it is first opened and kept. Texts are set in one retranslate(), which PageWidget
// calls again when the language changes; call it at the end of the constructor.
class PageWidget : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    // What is looked at, as data: kept in the history, restored at the next start. Filters, view, selection.
    virtual QJsonObject viewState() const { return {}; }
    virtual void restoreViewState(const QJsonObject &) { }
    // Shows one object: a link, the palette, a chart bar that was clicked.
    virtual void openObject(const QString &id) { Q_UNUSED(id) }
    // Called each time the page comes to the front; the first time after the constructor.
    virtual void activated() { }
    // What may be done here now, for the palette and the keys; see commands.h.
    virtual QList<Command> commands() { return {}; }
    // The widget that gets the focus when the page opens.
    virtual QWidget *mainContent() { return this; }

Q_SIGNALS:
    void commandsChanged();
    void viewChanged(); // viewState() became another one that is worth going back to
    void toastRequested(const Toast &toast);
    // Asks the shell for another page, for example jobs with {"status": "failed"}.
    void navigationRequested(const QString &pageId, const QJsonObject &viewState);

protected:
    virtual void retranslate() { }
    void changeEvent(QEvent *event) override;
};

// How a page is listed. The title is a function, because the language may change. Pages of the same group stand
// together in the rail in the order of registration; a page whose ability the person lacks does not exist for them.
struct PageSpec
{
    enum class Group { Top, Build, Operate, Collaborate, Administer, Bottom };

    QString id; // "jobs"; also in links
    Group group = Group::Top;
    QString icon; // of resources/icons
    std::function<QString()> title;
    QString goKey; // one letter: G, then this
    Ability ability = Ability::SignedIn;
    std::function<PageWidget *()> factory;
    QList<Ability> alsoFor = {}; // any of these opens it too
};
