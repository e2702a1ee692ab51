// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/dialog.h"
#include "shared/error.h"
#include "shared/templates/template.h"

class Button;
class QLineEdit;
class Select;
class TextField;

// Asks for the one line that says what a new version changes.
class SaveVersionDialog : public Dialog
{
    Q_OBJECT

public:
    SaveVersionDialog(int nextVersion, QWidget *parent);
    QString note() const;

private:
    TextField *m_note;
};

// Name and start of a new template. Stays open until the server has made it, so that nothing has to be typed again.
class NewTemplateDialog : public Dialog
{
    Q_OBJECT

public:
    NewTemplateDialog(const QString &folder, const QString &model, QWidget *parent);
    void accept() override; // asks only; whoever listens ends the dialog
    void showError(const ApiError &error);

Q_SIGNALS:
    void submitted(const NewTemplate &input);

private:
    TextField *m_name;
    TextField *m_folder;
    Select *m_starter;
    Button *m_create;
    QString m_model;
};

// Asks for a folder; those that there are are offered while typing.
class FolderDialog : public Dialog
{
    Q_OBJECT

public:
    FolderDialog(const QString &title, const QString &folder, const QStringList &known, const QString &action,
                 QWidget *parent);
    QString folder() const; // cleaned: "support/refunds"; empty: the top

private:
    TextField *m_folder;
};

// Name and folder of a copy. Stays open until the server has made it.
class DuplicateDialog : public Dialog
{
    Q_OBJECT

public:
    DuplicateDialog(const PromptTemplate &original, const QStringList &folders, QWidget *parent);
    void accept() override; // asks only; whoever listens ends the dialog
    void showError(const ApiError &error);

Q_SIGNALS:
    void submitted(const TemplateCopy &copy);

private:
    TextField *m_name;
    TextField *m_folder;
    Button *m_make;
};

// Another name.
class RenameDialog : public Dialog
{
    Q_OBJECT

public:
    RenameDialog(const QString &name, QWidget *parent);
    QString name() const;

private:
    TextField *m_name;
};
