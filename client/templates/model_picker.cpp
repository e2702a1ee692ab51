// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/model_picker.h"

#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/json/json.h"

#include <QEvent>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// A number typed into a field: absent when nothing is there, not good when it is none between the bounds.
template<class Number> struct Typed
{
    bool good = true;
    std::optional<Number> value = {};
};

template<class Number> Typed<Number> numberIn(const QLocale &locale, const QString &text, double least, double most)
{
    if (text.trimmed().isEmpty())
        return {};
    bool isNumber = false;
    const double value = locale.toDouble(text.trimmed(), &isNumber);
    const bool whole = std::is_floating_point_v<Number> || value == std::floor(value);
    if (!isNumber || !whole || value < least || value > most)
        return {.good = false};
    return {.value = Number(value)};
}

QString shown(const QLocale &locale, std::optional<double> value)
{
    return value ? locale.toString(*value, 'g', QLocale::FloatingPointShortest) : QString();
}

constexpr qsizetype mostStops = 4;
constexpr double mostTokens = 1'000'000;

} // namespace

ModelPicker::ModelPicker(QWidget *parent)
    : QWidget(parent),
      m_title(new Label({}, TextStyle::Emphasis)),
      m_select(new Select(tr("Model"))),
      m_note(new Label({}, TextStyle::Small, ColorRole::Text2)),
      m_unfold(new IconButton(u"sliders-horizontal"_s, tr("Parameters"))),
      m_temperature(new QLineEdit),
      m_topP(new QLineEdit),
      m_maxTokens(new QLineEdit),
      m_stop(new QLineEdit),
      m_format(new QPlainTextEdit)
{
    m_temperatureField = new FormField({}, m_temperature);
    m_topPField = new FormField({}, m_topP);
    m_maxTokensField = new FormField({}, m_maxTokens);
    m_stopField = new FormField({}, m_stop);
    m_formatField = new FormField({}, m_format);
    m_format->setTabChangesFocus(true);
    m_format->setFixedHeight(4 * m_format->fontMetrics().lineSpacing() + theme().px(Length::Space16));
    m_unfold->setCheckable(true);
    m_details = layout::box(layout::column(
        {layout::row({layout::wide(m_temperatureField), layout::wide(m_maxTokensField)}, Length::Space10),
         layout::row({layout::wide(m_topPField), layout::wide(m_stopField)}, Length::Space10), m_formatField},
        Length::Space10));
    m_details->hide();
    m_note->setWordWrap(true);
    m_note->hide();
    m_title->setBuddy(m_select);
    setLayout(
        layout::column({layout::row({m_title, layout::wide(m_select), m_unfold}, Length::Space10), m_note, m_details},
                       Length::Space10));

    const auto typed = [this] {
        if (m_setting)
            return;
        check();
        Q_EMIT changed();
    };
    for (QLineEdit *edit : {m_temperature, m_topP, m_maxTokens, m_stop})
        connect(edit, &QLineEdit::textChanged, this, typed);
    connect(m_format, &QPlainTextEdit::textChanged, this, typed);
    connect(m_unfold, &QToolButton::toggled, m_details, &QWidget::setVisible);
    connect(m_select, &Select::valueChosen, this, [this](const QVariant &value) {
        m_model = value.toString();
        describe();
        Q_EMIT changed();
    });
    retranslate();
}

void ModelPicker::setModels(const QList<ModelInfo> &models)
{
    m_models = models;
    fillModels();
}

void ModelPicker::fillModels()
{
    QList<std::pair<QVariant, QString>> choices;
    bool isOffered = m_model.isEmpty();
    for (const ModelInfo &model : m_models) { // only what can be called, beside what the template names already
        if (!model.configured && model.name != m_model)
            continue;
        choices.append({model.name, model.configured ? model.name : tr("%1 (no key here)").arg(model.name)});
        isOffered = isOffered || model.name == m_model;
    }
    if (!isOffered)
        choices.prepend({m_model, m_model});
    m_select->setChoices(choices);
    m_select->setValue(m_model);
    describe();
}

void ModelPicker::describe()
{
    const auto info = modelInfo();
    const bool isSample = m_model.startsWith(u"demo/");
    const bool isPriced = info && info->inputMicrosPerMillion && info->outputMicrosPerMillion;
    m_select->setToolTip(info && !info->configured ? tr("The server has no key for the provider of %1.").arg(m_model)
                                                   : QString());
    m_note->setText(isSample ? tr("A demo model: its price is a sample, and nobody pays it.")
                             : tr("No price is known for this model: its tokens are counted, its cost is not."));
    m_note->setRole(isSample ? ColorRole::Text2 : ColorRole::Warning);
    m_note->setVisible(!m_model.isEmpty() && !m_models.isEmpty() && (isSample || !isPriced));
}

std::optional<ModelInfo> ModelPicker::modelInfo() const
{
    const auto found =
        std::find_if(m_models.begin(), m_models.end(), [this](const ModelInfo &m) { return m.name == m_model; });
    return found == m_models.end() ? std::nullopt : std::optional(*found);
}

void ModelPicker::setChoice(const QString &model, const ModelParameters &parameters)
{
    m_setting = true;
    m_model = model;
    fillModels();
    m_temperature->setText(shown(m_locale, parameters.temperature));
    m_topP->setText(shown(m_locale, parameters.topP));
    m_maxTokens->setText(parameters.maxTokens ? QString::number(*parameters.maxTokens) : QString());
    m_stop->setText(parameters.stop.value_or(QList<QString>()).join(u" | "_s).replace(u'\n', u"\\n"_s));
    m_format->setPlainText(parameters.responseFormat
                               ? QString::fromUtf8(QJsonDocument(*parameters.responseFormat).toJson()).trimmed()
                               : QString());
    m_setting = false;
    check();
}

QString ModelPicker::model() const { return m_model; }

ModelParameters ModelPicker::parameters() const
{
    ModelParameters result;
    result.temperature = numberIn<double>(m_locale, m_temperature->text(), 0, 2).value;
    result.topP = numberIn<double>(m_locale, m_topP->text(), 0, 1).value;
    result.maxTokens = numberIn<int>(m_locale, m_maxTokens->text(), 1, mostTokens).value;
    QList<QString> stops;
    for (const QString &part : m_stop->text().split(u'|', Qt::SkipEmptyParts))
        if (const QString stop = part.trimmed().replace(u"\\n"_s, u"\n"_s); !stop.isEmpty())
            stops.append(stop);
    if (!stops.isEmpty())
        result.stop = stops;
    if (!m_format->toPlainText().trimmed().isEmpty()) {
        try {
            result.responseFormat = json::object(m_format->toPlainText().toUtf8());
        } catch (const json::SyntaxError &) {
            // check() says so
        }
    }
    return result;
}

bool ModelPicker::check()
{
    const auto bounded = [](FormField *field, bool good, const QString &problem) {
        field->setError(good ? QString() : problem);
        return good;
    };
    bool good = bounded(m_temperatureField, numberIn<double>(m_locale, m_temperature->text(), 0, 2).good,
                        tr("A number from 0 to 2"));
    good &= bounded(m_topPField, numberIn<double>(m_locale, m_topP->text(), 0, 1).good, tr("A number from 0 to 1"));
    good &= bounded(m_maxTokensField, numberIn<int>(m_locale, m_maxTokens->text(), 1, mostTokens).good,
                    tr("A whole number from 1 to 1,000,000"));
    good &= bounded(m_stopField, parameters().stop.value_or(QList<QString>()).size() <= mostStops, tr("At most four"));
    const bool formatGiven = !m_format->toPlainText().trimmed().isEmpty();
    good &= bounded(m_formatField, !formatGiven || parameters().responseFormat.has_value(),
                    tr("This is not a JSON object"));
    if (!good)
        m_unfold->setChecked(true); // what is wrong is in view
    return good;
}

void ModelPicker::setReadOnly(bool readOnly)
{
    m_select->setEnabled(!readOnly);
    for (QLineEdit *edit : {m_temperature, m_topP, m_maxTokens, m_stop})
        edit->setReadOnly(readOnly);
    m_format->setReadOnly(readOnly);
}

void ModelPicker::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    followLocale();
    retranslate();
}

// A number keeps its value where another language writes it in another way.
void ModelPicker::followLocale()
{
    const QLocale before = std::exchange(m_locale, QLocale());
    m_setting = true;
    for (QLineEdit *edit : {m_temperature, m_topP})
        if (const auto number = numberIn<double>(before, edit->text(), 0, 2); number.value)
            edit->setText(shown(m_locale, number.value));
    m_setting = false;
}

void ModelPicker::retranslate()
{
    m_title->setText(tr("Model"));
    m_select->setAccessibleName(tr("Model"));
    m_unfold->setName(tr("Parameters"));
    m_temperatureField->setLabel(tr("Temperature"));
    m_topPField->setLabel(u"Top P"_s);
    m_maxTokensField->setLabel(tr("Most tokens"));
    m_stopField->setLabel(tr("Stop at"));
    m_formatField->setLabel(tr("Response format"));
    const QString byDefault = tr("provider's default");
    for (QLineEdit *edit : {m_temperature, m_topP, m_maxTokens})
        edit->setPlaceholderText(byDefault);
    m_stop->setPlaceholderText(tr("END | \\n\\n"));
    m_format->setPlaceholderText(u"{\"type\": \"json_schema\", \"schema\": {…}}"_s);
    fillModels();
    check();
}
