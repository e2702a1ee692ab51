// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/design/patio_style.h"

#include "client/design/icon.h"
#include "client/design/paint.h"
#include "client/design/theme.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTextEdit>

namespace {

bool keyboardFocus(const QStyleOption &option)
{
    return (option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange);
}

} // namespace

PatioStyle::PatioStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) { }

int controlHeight(const QWidget *widget)
{
    static constexpr std::array heights{Length::ControlMedium, Length::ControlSmall, Length::ControlLarge};
    const int size = widget ? widget->property("controlSize").toInt() : 0;
    return px(heights[std::size_t(std::clamp(size, 0, 2))]);
}

void PatioStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                               const QWidget *widget) const
{
    switch (element) {
    case PE_FrameFocusRect:
        if (keyboardFocus(*option))
            paint::focusRing(*painter, option->rect, px(Length::RadiusSmall));
        return;
    case PE_PanelButtonCommand:
    case PE_FrameDefaultButton:
    case PE_FrameTabBarBase:
    case PE_PanelItemViewRow:
    case PE_FrameStatusBarItem:
    case PE_FrameButtonTool:
    case PE_IndicatorTabClose:
        return;
    case PE_PanelButtonTool:
        paint::box(*painter, option->rect, px(Length::RadiusControl), theme().color(ColorRole::Hover));
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return drawCheckBox(*option, *painter);
    case PE_IndicatorRadioButton:
        return drawRadioButton(*option, *painter);
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth > 0)
            drawField(*option, *painter, widget);
        return;
    case PE_FrameLineEdit:
        return; // drawn with the panel
    case PE_Frame:
        if (qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const QTextEdit *>(widget))
            return drawField(*option, *painter, widget);
        return paint::box(*painter, option->rect, 0, {}, theme().color(ColorRole::Border), px(Length::Hairline));
    case PE_PanelMenu:
    case PE_FrameMenu:
        if (element == PE_PanelMenu)
            paint::box(*painter, option->rect, hasTranslucentWindows() ? px(Length::RadiusCard) : 0,
                       theme().color(ColorRole::Raised), theme().color(ColorRole::BorderStrong), px(Length::Hairline));
        return;
    case PE_PanelTipLabel:
        return painter->fillRect(option->rect, theme().color(ColorRole::Tooltip));
    case PE_PanelScrollAreaCorner:
        return painter->fillRect(option->rect, theme().color(ColorRole::Surface));
    case PE_PanelItemViewItem:
        return drawItemPanel(*option, *painter, widget);
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowUp:
    case PE_IndicatorArrowLeft:
    case PE_IndicatorArrowRight: {
        static const QHash<int, QString> names{{PE_IndicatorArrowDown, QStringLiteral("chevron-down")},
                                               {PE_IndicatorArrowUp, QStringLiteral("chevron-up")},
                                               {PE_IndicatorArrowLeft, QStringLiteral("chevron-left")},
                                               {PE_IndicatorArrowRight, QStringLiteral("chevron-right")}};
        QRect square(0, 0, px(Length::IconTiny), px(Length::IconTiny));
        square.moveCenter(option->rect.center());
        return paintIcon(*painter, square, names.value(element), ColorRole::Text2);
    }
    default:
        return QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void PatioStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                             const QWidget *widget) const
{
    switch (element) {
    case CE_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            return drawPushButton(*button, *painter, widget);
        break;
    case CE_TabBarTab:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            return drawTab(*tab, *painter);
        break;
    case CE_Header:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            return drawHeader(*header, *painter, widget);
        break;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, theme().color(ColorRole::Surface));
        painter->fillRect(option->rect.x(), option->rect.bottom(), option->rect.width(), px(Length::Hairline),
                          theme().color(ColorRole::Border));
        return;
    case CE_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            return drawMenuItem(*item, *painter);
        break;
    case CE_MenuEmptyArea:
    case CE_MenuScroller:
        break;
    case CE_ProgressBar:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option))
            return drawProgressBar(*bar, *painter);
        break;
    case CE_Splitter:
        return painter->fillRect(option->rect, theme().color(ColorRole::Border));
    case CE_FocusFrame:
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void PatioStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                    const QWidget *widget) const
{
    switch (control) {
    case CC_ComboBox:
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option))
            return drawComboBox(*combo, *painter, widget);
        break;
    case CC_SpinBox:
        if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option))
            return drawSpinBox(*spin, *painter, widget);
        break;
    case CC_ScrollBar:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return drawScrollBar(*bar, *painter, widget);
        break;
    case CC_ToolButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option))
            return drawToolButton(*button, *painter, widget);
        break;
    default:
        break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

int PatioStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return px(Length::ScrollBar);
    case PM_ScrollBarSliderMin:
        return px(Length::ScrollThumbMinimum);
    case PM_DefaultFrameWidth:
        return qobject_cast<const QAbstractItemView *>(widget) ? px(Length::Hairline) : px(Length::Ring);
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_MenuVMargin:
    case PM_MenuHMargin:
    case PM_ScrollView_ScrollBarSpacing:
    case PM_TabBarBaseHeight:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabOverlap:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
        return 0;
    case PM_MenuPanelWidth:
        return px(Length::Space6);
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return px(Length::Check);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return px(Length::Space8);
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_LineEditIconSize:
        return px(Length::IconSmall);
    case PM_ListViewIconSize:
    case PM_ToolBarIconSize:
        return px(Length::IconMedium);
    case PM_SplitterWidth:
        return px(Length::Hairline);
    case PM_TabBarTabHSpace:
        return px(Length::Space20);
    case PM_HeaderMargin:
        return px(Length::Space10);
    case PM_HeaderMarkSize:
        return px(Length::IconTiny);
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return px(Length::Space8);
    case PM_ToolTipLabelFrameWidth:
        return px(Length::Space6);
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int PatioStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                          QStyleHintReturn *returned) const
{
    switch (hint) {
    case SH_UnderlineShortcut:
    case SH_EtchDisabledText:
    case SH_ComboBox_Popup:
    case SH_ItemView_ShowDecorationSelected:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_Table_GridLineColor:
    case SH_ItemView_ArrowKeysNavigateIntoChildren:
        return 0;
    case SH_ScrollBar_LeftClickAbsolutePosition:
    case SH_Menu_MouseTracking:
    case SH_MenuBar_MouseTracking:
    case SH_TabBar_PreferNoArrows:
        return 1;
    case SH_Widget_Animate:
    case SH_Widget_Animation_Duration:
        return theme().duration(Motion::Popup);
    case SH_ToolTip_WakeUpDelay:
        return 500; // ms
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_Header_ArrowAlignment:
        return Qt::AlignRight | Qt::AlignVCenter;
    case SH_ComboBox_PopupFrameStyle:
        return QFrame::StyledPanel | QFrame::Plain;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

QIcon PatioStyle::standardIcon(StandardPixmap icon, const QStyleOption *option, const QWidget *widget) const
{
    switch (icon) {
    case SP_LineEditClearButton:
        return themedIcon(QStringLiteral("x"), ColorRole::Text3);
    case SP_MessageBoxWarning:
        return themedIcon(QStringLiteral("triangle-alert"), ColorRole::Warning);
    case SP_MessageBoxCritical:
        return themedIcon(QStringLiteral("circle-alert"), ColorRole::Danger);
    case SP_MessageBoxInformation:
        return themedIcon(QStringLiteral("info"), ColorRole::Info);
    case SP_MessageBoxQuestion:
        return themedIcon(QStringLiteral("circle-help"), ColorRole::Info);
    default:
        return QProxyStyle::standardIcon(icon, option, widget);
    }
}

void PatioStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget)
        || qobject_cast<QLineEdit *>(widget) || qobject_cast<QHeaderView *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (auto *edit = qobject_cast<QLineEdit *>(widget); edit && edit->hasFrame()) {
        edit->setTextMargins(px(Length::Space8), 0, px(Length::Space8), 0);
    } else if (auto *plain = qobject_cast<QPlainTextEdit *>(widget)) {
        plain->viewport()->setAutoFillBackground(false); // the rounded field is drawn by the frame
        if (plain->frameShape() != QFrame::NoFrame) // without a frame its owner places the text
            plain->document()->setDocumentMargin(px(Length::Space8));
    } else if (auto *rich = qobject_cast<QTextEdit *>(widget)) {
        rich->viewport()->setAutoFillBackground(false);
    } else if (auto *menu = qobject_cast<QMenu *>(widget); menu && hasTranslucentWindows()) {
        menu->setWindowFlags(menu->windowFlags() | Qt::FramelessWindowHint | Qt::NoDropShadowWindowHint);
        menu->setAttribute(Qt::WA_TranslucentBackground);
    }
}
