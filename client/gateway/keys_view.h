// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/gateway/gateway_tab.h"
#include "client/gateway/keys_model.h"
#include "shared/http/page.h"

class Banner;
class Button;
class DataTable;
class FilterBar;
class KeyPane;
class MasterDetail;
class QMenu;
class QTimer;
class Select;
class TemplateLibrary;

// The keys by which programs call the gateway: made, changed, rotated, revoked. Secrets are shown once and kept
// nowhere.
class KeysView : public GatewayTab
{
    Q_OBJECT

public:
    KeysView(Workspace &workspace, TemplateLibrary &library, QWidget *parent);
    ~KeysView() override; // what is being revoked goes at once

    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override;
    void activated() override;
    void openObject(const QString &id) override;
    QList<Command> commands() override;
    QWidget *mainContent() override;
    QWidget *headerAction() override;
    QString shownCount() const override;
    QList<Footer::Hint> keyHints() const override;

    DataTable *table() const { return m_table; }
    KeyPane *pane() const { return m_pane; }
    bool isLoading() const { return m_loading; }
    QByteArray exported(bool asJson) const; // what the table shows, in its order

protected:
    void retranslate() override;

private:
    void build();
    void load();
    void loadMore(const std::optional<QString> &cursor, QList<GatewayKey> before);
    void loaded(const Result<Page<GatewayKey>> &reply, const QList<GatewayKey> &all);
    void filter();
    void clearFilter();
    void renewOwners();
    void renewEmpty();
    void put(const GatewayKey &key);
    void fillPane(const GatewayKey &key);
    void fillRowMenu(QMenu *menu, const QModelIndex &index);
    const GatewayKey *current() const;

    void add();
    void change(const GatewayKey &key);
    void rotate(const GatewayKey &key);
    void showSecret(const MadeGatewayKey &made, bool isRotated);
    void showCalls(const GatewayKey &key);
    void copyId(const GatewayKey &key);
    void exportRows();

    QList<GatewayKey> chosenToRevoke() const;
    void revokeChosen();
    void revoke(const QList<GatewayKey> &keys);
    void takeBack(const QList<GatewayKey> &keys);
    void revokeNow(const QList<GatewayKey> &keys);
    void revoked(const GatewayKey &key, const Result<Nothing> &reply);

    void failed(const QString &what, const ApiError &error, std::function<void()> retry = {});
    bool may(Ability ability) const { return m_workspace.session().can(ability); }

    struct Leaving // keys whose revocation waits, so that it can be taken back
    {
        QList<GatewayKey> keys;
        QTimer *timer;
    };

    Workspace &m_workspace;
    TemplateLibrary &m_library;
    KeysModel m_model;
    Button *m_add;
    FilterBar *m_filters;
    Select *m_status;
    Select *m_owner;
    Banner *m_notice; // why the list is not the newest
    DataTable *m_table;
    KeyPane *m_pane;
    MasterDetail *m_split;
    QList<Leaving> m_leaving;
    std::optional<ApiError> m_problem;
    QUuid m_wanted; // to be shown when the keys have come
    QString m_wantedOwner; // to filter by, before the keys have come
    bool m_loading = false;
    bool m_isLoaded = false;
};
