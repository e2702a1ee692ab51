// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/net/api_client.h"
#include "client/widgets/dialog.h"
#include "shared/usage/price_book.h"

class Label;
class QCheckBox;
class TextField;

// Lets a name be priced as a model of the book, or as free.
class PriceAliasDialog : public Dialog
{
    Q_OBJECT

public:
    // `models`: provider/model of the book, to be completed with.
    PriceAliasDialog(ApiClient &api, const QString &name, const QStringList &models, QWidget *parent);

    void accept() override; // sends; closes when it was taken

Q_SIGNALS:
    void saved(const PriceAlias &alias);

private:
    void typed();
    void answered(const Result<PriceAlias> &reply);

    ApiClient &m_api;
    TextField *m_name;
    QCheckBox *m_free;
    TextField *m_target;
    TextField *m_note;
    Label *m_problem;
    Button *m_save;
    bool m_sending = false;
};
