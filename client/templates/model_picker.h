// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shared/jobs/job.h"

#include <QLocale>
#include <QWidget>

class FormField;
class IconButton;
class Label;
class QLineEdit;
class QPlainTextEdit;
class Select;

// Which model answers, and how it is asked. The parameters fold away; what is left empty is the provider's own default.
class ModelPicker : public QWidget
{
    Q_OBJECT

public:
    explicit ModelPicker(QWidget *parent = nullptr);

    void setModels(const QList<ModelInfo> &models);
    void setChoice(const QString &model, const ModelParameters &parameters); // silently
    QString model() const;
    ModelParameters parameters() const;
    bool check(); // marks what cannot be read; false then
    void setReadOnly(bool readOnly);
    std::optional<ModelInfo> modelInfo() const; // its prices; nothing when the server does not know it

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void followLocale();
    void retranslate();
    void fillModels();
    void describe();

    QList<ModelInfo> m_models;
    QString m_model;
    QLocale m_locale; // in which the numbers are written
    Label *m_title;
    Select *m_select;
    Label *m_note; // what is to be known of its price
    IconButton *m_unfold;
    QWidget *m_details;
    FormField *m_temperatureField, *m_topPField, *m_maxTokensField, *m_stopField, *m_formatField;
    QLineEdit *m_temperature, *m_topP, *m_maxTokens, *m_stop;
    QPlainTextEdit *m_format;
    bool m_setting = false;
};
