// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/tenants/receipt_dialog.h"

#include "client/tenants/tenants_model.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/code_box.h"
#include "client/widgets/label.h"
#include "client/widgets/page_parts.h"
#include "client/widgets/row_export.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

ReceiptDialog::ReceiptDialog(const Erasure &erasure, QWidget *parent)
    : Dialog(tr("Receipt for %1").arg(erasure.name), Length::DialogMedium, parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    auto *facts = new Facts;
    facts->setFacts({{tr("Slug"), erasure.slug},
                     {tr("State"), lookOf(erasure).label},
                     {tr("Erased by"), erasure.erasedByName},
                     {tr("Begun"), amounts::dayAndTime(erasure.startedAt)},
                     {tr("Finished"), erasure.finishedAt ? amounts::dayAndTime(*erasure.finishedAt) : QString()},
                     {tr("Rows"), amounts::count(rowsOf(erasure))}}); // the digest stands below
    const QByteArray receipt = QJsonDocument(json::object(json::print(erasure))).toJson();
    auto *text = new CodeBox(tr("Receipt as JSON"));
    text->setText(QString::fromUtf8(receipt).trimmed());
    auto *problem = new Label({}, TextStyle::Small, ColorRole::Danger);
    problem->setWordWrap(true);
    problem->hide();
    body()->addWidget(facts);
    body()->addWidget(text);
    body()->addWidget(problem);
    auto *save = new Button(tr("Save receipt…"), u"save"_s);
    body()->addWidget(save, 0, Qt::AlignLeft);
    connect(save, &QPushButton::clicked, this, [this, receipt, problem, slug = erasure.slug] {
        auto *files = new QFileDialog(this, tr("Save the receipt"), slug + u"-erased.json"_s, u"JSON (*.json)"_s);
        files->setAttribute(Qt::WA_DeleteOnClose);
        files->setAcceptMode(QFileDialog::AcceptSave);
        files->setDefaultSuffix(u"json"_s);
        connect(files, &QFileDialog::fileSelected, this, [problem, receipt](const QString &path) {
            const QString wrong = rowExport::write(path, receipt);
            problem->setText(wrong);
            problem->setVisible(!wrong.isEmpty());
        });
        files->open();
    });
    addMain(tr("Close"));
}
