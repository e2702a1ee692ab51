// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/security/recovery_codes_dialog.h"

#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/row_export.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QFileDialog>
#include <QGridLayout>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

RecoveryCodesDialog::RecoveryCodesDialog(const QStringList &codes, QWidget *parent)
    : Dialog(tr("Keep your recovery codes"), Length::DialogSmall, parent),
      m_text(codes.join(u'\n') + u'\n')
{
    auto *about = new Label(tr("Each of them lets you in once when you do not have the app. Keep them apart from this "
                               "computer: they are not shown again."),
                            TextStyle::Body, ColorRole::Text2);
    about->setWordWrap(true);
    body()->addWidget(about);
    auto *grid = new QGridLayout;
    for (qsizetype i = 0; i < codes.size(); ++i) {
        auto *code = new Label(codes[i], TextStyle::Mono);
        code->setSelectable();
        code->setAccessibleName(tr("Recovery code %1: %2").arg(i + 1).arg(codes[i]));
        grid->addWidget(code, int(i / 2), int(i % 2));
    }
    body()->addLayout(grid);
    auto *copy = new Button(tr("Copy"), u"copy"_s), *keep = new Button(tr("Save…"), u"save"_s);
    body()->addLayout(layout::row({copy, keep, layout::stretch()}));
    connect(copy, &QPushButton::clicked, this, [this, copy] {
        QGuiApplication::clipboard()->setText(m_text);
        copy->setText(tr("Copied"));
    });
    connect(keep, &QPushButton::clicked, this, &RecoveryCodesDialog::save);
    addMain(tr("I have kept them"));
}

void RecoveryCodesDialog::save()
{
    auto *dialog = new QFileDialog(this, tr("Save recovery codes"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Text (*.txt)")});
    dialog->setDefaultSuffix(u"txt"_s);
    dialog->selectFile(u"patio-recovery-codes.txt"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        const QString problem = rowExport::write(path, m_text.toUtf8());
        if (problem.isEmpty())
            return QFile(path).setPermissions(QFile::ReadOwner | QFile::WriteOwner), void();
        auto *note = new Label(tr("%1 was not written: %2").arg(path, problem), TextStyle::Small, ColorRole::Danger);
        note->setWordWrap(true);
        body()->addWidget(note);
        fitContent();
    });
    dialog->open();
}
