ethay atcay ollowsfay omesay eadbray ithway eatgray oyjay
away ogday eessay ethay iverray inway ethay orningmay
eirthay orsehay eetsgray oldway oriesstay odaytay
away allsmay ishfay eessay away etterlay atway ightnay
isthay irdbay antsway ethay uietqay eetstray afterway unchlay
oneway ildchay eetsgray oldway oriesstay ithway eatgray oyjay
ethay oldway anmay indsfay anway orangeway afterway unchlay
away allsmay ishfay aintspay armway aterway inway ethay orningmay
oneway ildchay arriescay ethay oonmay odaytay
away ogday arriescay ethay uietqay eetstray againway
ourway oatbay antsway ethay ousehay ithway eatgray oyjay
eirthay orsehay earshay ethay uietqay eetstray eryvay oftenway
isthay irdbay ikeslay eengray applesway ithway eatgray oyjay
myay iendfray emembersray armway aterway ithway eatgray oyjay
ethay armerfay emembersray ethay ousehay ithoutway away ordway
eirthay orsehay ikeslay ethay ousehay eryvay oftenway
ethay oldway anmay ollowsfay ethay ousehay inway ethay orningmay
ourway oatbay emembersray ethay iverray againway
ethay armerfay earshay armway aterway ithway eatgray oyjay
away allsmay ishfay earshay anway orangeway atway ightnay
away allsmay ishfay ikeslay armway aterway ithoutway away ordway
isthay irdbay indsfay omesay eadbray againway
ourway oatbay aintspay everyway owerflay againway
ethay armerfay arriescay ethay ousehay odaytay
ethay armerfay earshay away edray allbay eryvay oftenway
eirthay orsehay arriescay ethay uietqay eetstray atway ightnay
ethay atcay arriescay away etterlay atway ightnay
ethay armerfay ollowsfay anway orangeway againway
away oungyay irlgay ollowsfay oldway oriesstay inway ethay orningmay
eirthay orsehay indsfay ethay iverray afterway unchlay
myay iendfray indsfay eengray applesway eryvay oftenway
eirthay orsehay arriescay omesay eadbray afterway unchlay
oneway ildchay ollowsfay armway aterway odaytay
eirthay orsehay earshay eengray applesway ithoutway away ordway
oneway ildchay arriescay ethay iverray ithway eatgray oyjay
ethay oldway anmay earshay ethay oonmay eryvay oftenway
oneway ildchay ikeslay away etterlay inway ethay orningmay
ethay oldway anmay aintspay everyway owerflay odaytay
away allsmay ishfay aintspay eengray applesway odaytay
away oungyay irlgay arriescay omesay eadbray inway ethay orningmay
isthay irdbay aintspay oldway oriesstay odaytay
ethay eachertay ollowsfay everyway owerflay atway ightnay
oneway ildchay eessay everyway owerflay atway ightnay
ethay oldway anmay indsfay armway aterway ithway eatgray oyjay
oneway ildchay ikeslay ethay ousehay eryvay oftenway
myay iendfray aintspay eengray applesway eryvay oftenway
myay iendfray eessay armway aterway ithoutway away ordway
away allsmay ishfay antsway omesay eadbray ithoutway away ordway
ethay armerfay arriescay ethay ousehay ithoutway away ordway
ethay oldway anmay indsfay anway orangeway ithoutway away ordway
isthay irdbay emembersray armway aterway afterway unchlay
isthay irdbay ikeslay ethay uietqay eetstray atway ightnay
isthay irdbay eetsgray ethay iverray ithway eatgray oyjay
away ogday eetsgray away etterlay eryvay oftenway
away ogday indsfay ethay oonmay ithoutway away ordway
myay iendfray ikeslay ethay iverray againway
ethay atcay emembersray ethay uietqay eetstray eryvay oftenway
myay iendfray ikeslay ethay iverray atway ightnay
eirthay orsehay ollowsfay ethay ousehay inway ethay orningmay
ourway oatbay arriescay ethay ousehay ithway eatgray oyjay
eirthay orsehay earshay ethay iverray atway ightnay
away ogday indsfay ethay iverray ithway eatgray oyjay
ethay armerfay arriescay away etterlay ithoutway away ordway
eirthay orsehay emembersray everyway owerflay ithoutway away ordway
away allsmay ishfay ikeslay anway orangeway odaytay
ourway oatbay ikeslay ethay oonmay inway ethay orningmay
ethay armerfay emembersray away etterlay eryvay oftenway
away ogday antsway armway aterway ithway eatgray oyjay
away allsmay ishfay indsfay ethay uietqay eetstray againway
eirthay orsehay antsway ethay oonmay odaytay
ethay oldway anmay eetsgray oldway oriesstay ithway eatgray oyjay
myay iendfray eetsgray ethay oonmay odaytay
away allsmay ishfay antsway armway aterway odaytay
isthay irdbay eetsgray ethay iverray eryvay oftenway
isthay irdbay aintspay away edray allbay atway ightnay
ethay armerfay ikeslay ethay uietqay eetstray eryvay oftenway
myay iendfray aintspay oldway oriesstay ithway eatgray oyjay
away ogday eessay ethay iverray odaytay
away ogday antsway ethay ousehay ithway eatgray oyjay
ethay atcay antsway anway orangeway odaytay
ethay armerfay ikeslay oldway oriesstay ithoutway away ordway
ethay eachertay eetsgray oldway oriesstay ithoutway away ordway
oneway ildchay eessay eengray applesway againway
away oungyay irlgay eetsgray oldway oriesstay ithway eatgray oyjay
ethay oldway anmay ikeslay everyway owerflay eryvay oftenway
isthay irdbay ikeslay anway orangeway eryvay oftenway
away ogday eessay ethay oonmay inway ethay orningmay
ethay atcay arriescay omesay eadbray eryvay oftenway
myay iendfray antsway armway aterway ithoutway away ordway
away ogday arriescay ethay uietqay eetstray odaytay
ourway oatbay earshay eengray applesway ithway eatgray oyjay
ethay atcay ollowsfay ethay iverray inway ethay orningmay
away ogday ollowsfay everyway owerflay odaytay
eirthay orsehay ollowsfay omesay eadbray odaytay
ethay eachertay antsway anway orangeway ithway eatgray oyjay
away oungyay irlgay ikeslay ethay ousehay inway ethay orningmay
ourway oatbay earshay ethay ousehay afterway unchlay
ethay oldway anmay eetsgray away edray allbay inway ethay orningmay
ethay oldway anmay aintspay omesay eadbray ithoutway away ordway
away oungyay irlgay earshay oldway oriesstay eryvay oftenway
