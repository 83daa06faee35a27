"""Permits of an older register: its columns, what is wrong in a cell, and whose each was."""

from app.web.i18n import N_
from app.web.wording.crews import COLUMN as OF_CREWS

COLUMN = {
    **{name: OF_CREWS[name] for name in ("document_number", "given_names", "surnames")},
    "date_of_birth": OF_CREWS["date_of_birth"],
    "employer": N_("Empleador"),
    "starts_on": N_("Permiso desde"),
    "ends_on": N_("Permiso hasta"),
    "left_on": N_("Salida del país"),
    "permit_number": N_("Número de permiso"),
}

STANDING = {
    "waiting": N_("Sin comparar"),
    "matched": N_("De una persona"),
    "unsure": N_("Por decidir"),
    "alone": N_("De nadie"),
}

FAULT = {
    "past-nobody": N_("Falta quién es. Escriba el documento o la fecha de nacimiento."),
    "past-ends-before": N_("Termina antes de empezar. Revise las dos fechas."),
    "past-not-over": N_("Este permiso no terminó. Aquí entran solo los que ya terminaron."),
    "past-too-old": N_("Es demasiado antiguo para guardarlo. Borre la fila."),
    "past-left-wrong": N_("La salida no puede ser antes del permiso, ni después de hoy."),
    "past-born-after": N_("Nació después de empezar el permiso. Revise las fechas."),
    "past-row-twice": N_("Este permiso ya está en la fila %(first)s. Borre una de las dos."),
    "past-known": N_("Este permiso ya está en otro registro. Borre la fila."),
}

REFUSAL = {
    "import-too-old": N_("Pasaron más de %(days)s días. Este registro ya no se puede quitar."),
    "import-undone": N_("Este registro ya se quitó."),
    "no-such-import": N_("No encontramos este registro."),
    "no-such-past-permit": N_("No encontramos este permiso. Quizá se quitó su registro."),
    "past-settled": N_("Alguien lo decidió mientras usted lo miraba. Véalo otra vez."),
    "past-waiting": N_("Todavía no se comparó. Espere un minuto."),
}

PERMISSION = {"register:import": N_("Importar registros anteriores")}

ACT = {
    "past-permit:compare": N_("Se comparó un permiso anterior"),
    "past-permit:settle": N_("Se decidió de quién fue un permiso anterior"),
    "register:import": N_("Se importó un registro anterior"),
    "register:read": N_("Se leyó un registro anterior"),
    "register:undo": N_("Se quitó un registro importado"),
}
