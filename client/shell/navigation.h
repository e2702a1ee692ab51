// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/shell/page_widget.h"

#include <QHash>
#include <QObject>
#include <QStackedWidget>

#include <vector>

// Which pages there are, which one shows, and the way back. A page is made when it is first opened; reset() ends all of
// them, when an account is closed.
class Navigation : public QObject
{
    Q_OBJECT

public:
    explicit Navigation(QObject *parent = nullptr);
    ~Navigation() override;

    void add(PageSpec spec);
    void setAllowed(std::function<bool(Ability)> allowed);
    // After a change of what the person may open and do: leaves a page that is no longer for them, and says so.
    void renewAllowed();
    QList<const PageSpec *> available() const; // in order of groups; only what the person may open
    const PageSpec *find(const QString &id) const; // nullptr: unknown or not allowed

    QStackedWidget *stack() const { return m_stack; }
    QString currentId() const { return m_currentId; }
    PageWidget *current() const;

    // Opens a page, or the first one when `id` is unknown. A view state replaces what the page shows.
    void open(const QString &id, const QJsonObject &viewState = {});
    void openObject(const QString &pageId, const QString &objectId);
    bool canGoBack() const { return m_historyAt > 0; }
    bool canGoForward() const { return m_historyAt + 1 < int(m_history.size()); }
    void back() { step(-1); }
    void forward() { step(1); }

    void setBadge(const QString &id, int count, Tone tone = Tone::Accent);
    int badge(const QString &id) const { return m_badges.value(id).first; }
    Tone badgeTone(const QString &id) const { return m_badges.value(id).second; }

    void reset();

Q_SIGNALS:
    void availableChanged();
    void currentChanged(const QString &id);
    void badgeChanged(const QString &id);
    void commandsChanged();
    void toastRequested(const Toast &toast);

private:
    struct Visit
    {
        QString pageId;
        QJsonObject viewState;
    };

    bool isAllowed(const PageSpec &spec) const;
    void show(const QString &id, const QJsonObject &viewState);
    void remember();
    void step(int by);

    std::vector<PageSpec> m_specs;
    std::function<bool(Ability)> m_allowed;
    QHash<QString, PageWidget *> m_pages;
    QHash<QString, std::pair<int, Tone>> m_badges;
    QStackedWidget *m_stack;
    QString m_currentId;
    std::vector<Visit> m_history;
    int m_historyAt = -1;
};
