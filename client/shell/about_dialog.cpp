// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/shell/about_dialog.h"

#include "client/widgets/code_box.h"
#include "client/widgets/controls.h"
#include "client/widgets/dialog.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QFile>
#include <QLibraryInfo>

namespace {

struct Licence
{
    const char *name;
    const char *file;
};

constexpr Licence licences[] = {
    {"Lucide (ISC)", "lucide"}, {"Inter (SIL OFL 1.1)", "inter"}, {"JetBrains Mono (SIL OFL 1.1)", "jetbrains-mono"}};

QString textOf(const QString &name)
{
    QFile file(QStringLiteral(":/licences/%1.txt").arg(name));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

void showAbout(QWidget *window)
{
    auto *dialog = new Dialog(QCoreApplication::translate("AboutDialog", "About Patio"), Length::DialogMedium, window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto *text =
        new Label(QCoreApplication::translate("AboutDialog",
                                              "Patio %1, with Qt %2. A self-hosted desk for the work with language "
                                              "models. Free software under the GNU General Public License, "
                                              "version 3 or later.")
                      .arg(QCoreApplication::applicationVersion(), QLibraryInfo::version().toString()),
                  TextStyle::Body, ColorRole::Text2);
    text->setWordWrap(true);
    auto *choice = new Select(QCoreApplication::translate("AboutDialog", "Licences"));
    QList<std::pair<QVariant, QString>> choices;
    for (const Licence &licence : licences)
        choices << std::pair<QVariant, QString>{QString::fromLatin1(licence.file), QString::fromLatin1(licence.name)};
    choice->setChoices(choices);
    auto *box = new CodeBox(QCoreApplication::translate("AboutDialog", "Licence text"));
    box->setText(textOf(choice->value().toString()));
    QObject::connect(choice, &Select::valueChosen, box,
                     [box](const QVariant &file) { box->setText(textOf(file.toString())); });
    dialog->body()->addWidget(text);
    dialog->body()->addWidget(
        new Label(QCoreApplication::translate("AboutDialog", "Icons and fonts inside, and their licences"),
                  TextStyle::BodyStrong));
    dialog->body()->addWidget(choice);
    dialog->body()->addWidget(box);
    dialog->addCancel(QCoreApplication::translate("AboutDialog", "Close"));
    dialog->open();
}
