"""Words of the letter of a hand-over."""

from app.web.i18n import N_

PAPER = {
    "title": N_("Oficio de remisión"),
    "office": N_("Oficina de quejas"),
    "receipt": N_("Caso"),
    "lead": N_("La oficina de quejas le remite este caso para que lo atienda."),
    "open": N_("Cómo abrir el caso"),
    "open_1": N_("Escriba esta dirección en su navegador:"),
    "open_2": N_("Escriba el código de 16 números. La oficina se lo dice por teléfono."),
    "open_3": N_("Diga allí mismo si lo recibe, antes del %(day)s."),
    "silent": N_("Este papel no dice de quién es el caso ni de qué trata."),
    "true": N_("Cómo saber que este oficio es auténtico"),
    "true_1": N_("Apunte la cámara de un teléfono al código."),
    "true_2": N_("Revise que la dirección que se abre empiece con %(site)s."),
    "true_3": N_("Compare el caso, la institución y el día con este papel."),
    "keys": N_("Otros programas comprueban la firma (JWS, ES256) con las llaves de %(keys)s."),
    "symbol_alt": N_("Código QR con la firma de este oficio"),
    "got": N_("Acuse de recibo"),
    "got_how": N_("Si recibe este papel en mano, firme y devuelva una copia."),
    "got_name": N_("Recibido por"),
    "got_post": N_("Cargo"),
    "got_number": N_("Su número de expediente"),
    "got_day": N_("Día y hora"),
    "got_seal": N_("Firma y sello"),
}
