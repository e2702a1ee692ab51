// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/error.h"
#include "shared/templates/template.h"

#include <QWidget>

class Button;
class Label;
class TextField;
class UsedByList;
class Workspace;

// Name, slug, folder, tags and description of a template: what may change without a new version.
class TemplateSettings : public QWidget
{
    Q_OBJECT

public:
    TemplateSettings(Workspace &workspace, QWidget *parent = nullptr);

    void setTemplate(const PromptTemplate &promptTemplate); // keeps what is being typed, unless it is another template
    void renewUses(); // asks anew which templates include it
    void setReadOnly(bool readOnly);
    void showError(const ApiError &error); // at the fields that it names

Q_SIGNALS:
    void saveRequested(const TemplateChange &change);
    void removeRequested();
    void openRequested(const QUuid &templateId);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    TemplateChange typedChange() const;
    void renewButtons();

    PromptTemplate m_template;
    bool m_readOnly = false;
    TextField *m_name;
    TextField *m_slug;
    TextField *m_folder;
    TextField *m_tags;
    TextField *m_description;
    Label *m_made;
    Button *m_save;
    Button *m_remove;
    UsedByList *m_usedBy;
};
