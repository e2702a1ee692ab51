// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/widgets/dialog.h"
#include "shared/gateway/gateway_key.h"

class ExpiryChoice;
class FormField;
class Label;
class ModelChoice;
class Select;
class TextField;

// Makes a gateway key, or changes one. Stays open until the server has taken it, and says at the field what it refuses.
class KeyDialog : public Dialog
{
    Q_OBJECT

public:
    struct Choices
    {
        QUuid oneself;
        QString ownName;
        QStringList models;
        bool mayListPeople = false;
    };

    KeyDialog(ApiClient &api, const std::optional<GatewayKey> &before, const Choices &choices, QWidget *parent);

    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    void made(const MadeGatewayKey &made);
    void saved(const GatewayKey &key);

private:
    void build(const Choices &choices);
    void loadPeople(const std::optional<QString> &cursor);
    void typed();
    void send();
    template<class Reply> void answered(const Result<Reply> &reply);

    ApiClient &m_api;
    const std::optional<GatewayKey> m_before;
    QList<std::pair<QVariant, QString>> m_people;
    TextField *m_name;
    Select *m_owner;
    FormField *m_ownerField;
    ModelChoice *m_models;
    FormField *m_modelsField;
    ExpiryChoice *m_expiry;
    Label *m_problem;
    Button *m_save = nullptr;
    bool m_sending = false;
};
