"""Words of payslips: lines, answers, deductions, the sheet's columns, what is found and refused."""

from app.web.i18n import N_

LINE = {
    "days": N_("Los días"),
    "units": N_("Las unidades o medidas"),
    "rate": N_("El pago por unidad"),
    "top-up": N_("El complemento al mínimo"),
    "overtime": N_("Las horas extra"),
    "deductions": N_("Los descuentos"),
    "paid-on": N_("El día de pago"),
    "paid": N_("El total pagado"),
}

ANSWER = {
    "acknowledged": N_("Está bien"),
    "contested": N_("Algo no está bien"),
}

DEDUCTION = {
    "social-security": N_("Seguro social"),
    "tax": N_("Impuesto"),
    "court-order": N_("Orden de un juzgado"),
    "union-dues": N_("Cuota del sindicato"),
    "advance": N_("Anticipo"),
    "housing": N_("Vivienda"),
    "food": N_("Comida"),
    "recruitment": N_("Gasto de reclutamiento"),
    "tools": N_("Herramientas"),
    "other": N_("Otro descuento"),
}

COLUMN = {
    "number": N_("Número de la persona"),
    "first_day": N_("Primer día"),
    "last_day": N_("Último día"),
    "days": N_("Días trabajados"),
    "units": N_("Unidades"),
    "rate": N_("Pago por unidad"),
    "top_up": N_("Complemento al mínimo"),
    "overtime_hours": N_("Horas extra"),
    "overtime_pay": N_("Pago de horas extra"),
    "advance": N_("Anticipo"),
    "housing": N_("Vivienda"),
    "food": N_("Comida"),
    "social-security": N_("Seguro social"),
    "tax": N_("Impuesto"),
    "consent": N_("Acuerdo por escrito"),
    "paid_on": N_("Fecha de pago"),
}
"""The headings of the sheet, as `recruitment/payslip_rows.py` reads them."""

FINDING = {
    "paid-below-minimum": N_("Faltan %(lacking)s lempiras para el mínimo de esos días."),
}

FAULT = {
    "period-too-long": N_("El período tiene más de %(limit)s días. Divídalo."),
    "days-beyond-period": N_("En ese período caben %(limit)s días como máximo."),
    "days-missing": N_("Dice trabajo y ningún día. Escriba cuántos días trabajó."),
    "amount-impossible": N_("La cantidad no puede ser. Revísela."),
    "taken-beyond-wage": N_("Los descuentos pasan de lo ganado. Revíselos."),
    "period-overlaps": N_("Otro pago ya tiene esos días. Cambie las fechas."),
    "outside-employment": N_("En esas fechas no trabajaba para usted. Revise los días."),
    "wages-too-old": N_("Ya pasó el plazo de la ley para anotar este pago."),
    "payslip-row-twice": N_("Esta persona y este día ya están en la fila %(first)s."),
}

REFUSAL = {
    "no-such-worker": N_("Esa persona no trabaja para usted."),
    "no-such-payslip": N_("Ese pago no existe."),
    "payslip-changed": N_("El pago cambió mientras usted lo leía. Léalo otra vez."),
    "payslip-answered": N_("Usted ya dijo qué no está bien."),
    "payslip-not-contested": N_("La persona no reclamó este pago."),
}

ACT = {
    "payslip:answer": N_("La persona contestó un pago"),
    "payslip:reply": N_("El empleador respondió a un reclamo de pago"),
    "payslip:find": N_("Se encontró algo en un pago"),
    "payslip:write": N_("El empleador escribió un pago"),
    "payslips:read": N_("La inspección leyó pagos"),
}

PAPER = {
    "title": N_("Comprobante de pago"),
    "receipt": N_("Solicitud"),
    "worker": N_("Quien trabaja"),
    "employer": N_("El empleador"),
    "period": N_("Período"),
    "days": N_("Días trabajados"),
    "version": N_("Versión"),
    "earned_title": N_("Lo ganado"),
    "units": N_("Unidades"),
    "rate": N_("Pago por unidad"),
    "earned": N_("Ganado"),
    "top_up": N_("Complemento al mínimo"),
    "overtime": N_("Horas extra"),
    "gross": N_("Total ganado"),
    "taken_title": N_("Descuentos"),
    "taken": N_("Descuentos"),
    "nothing": N_("Ninguno"),
    "paid_title": N_("Lo pagado"),
    "net": N_("Recibe"),
    "paid_on": N_("Fecha de pago"),
    "not_yet": N_("Todavía no se pagó"),
    "contest": N_("Si algo no está bien, dígalo en Vereda o a la inspección. Es gratis."),
    "digest": N_("Huella del texto (SHA-256). Dos copias iguales tienen la misma huella:"),
}
"""The paper of a payslip."""
