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

// Somebody saved another version first. Says who and when, and offers the three ways on.
class ConflictDialog : public Dialog
{
    Q_OBJECT

public:
    ConflictDialog(const TemplateVersion &theirs, QWidget *parent);

Q_SIGNALS:
    void compareRequested();
    void saveAnywayRequested();
    void takeTheirsRequested();
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
