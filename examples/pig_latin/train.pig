ethay oldway anmay emembersray ethay ousehay inway ethay orningmay
eirthay orsehay indsfay anway orangeway atway ightnay
away oungyay irlgay antsway eengray applesway ithoutway away ordway
away allsmay ishfay indsfay away etterlay atway ightnay
away oungyay irlgay eetsgray ethay ousehay inway ethay orningmay
oneway ildchay arriescay oldway oriesstay inway ethay orningmay
ethay atcay antsway ethay ousehay ithoutway away ordway
ourway oatbay emembersray away etterlay afterway unchlay
ourway oatbay ikeslay armway aterway afterway unchlay
ethay armerfay indsfay omesay eadbray eryvay oftenway
away allsmay ishfay eessay eengray applesway eryvay oftenway
eirthay orsehay emembersray eengray applesway againway
isthay irdbay ikeslay eengray applesway eryvay oftenway
away ogday earshay everyway owerflay inway ethay orningmay
away oungyay irlgay aintspay omesay eadbray inway ethay orningmay
away oungyay irlgay indsfay ethay ousehay odaytay
eirthay orsehay earshay away etterlay atway ightnay
ourway oatbay earshay ethay oonmay odaytay
ethay eachertay aintspay away edray allbay odaytay
ethay oldway anmay eetsgray ethay oonmay inway ethay orningmay
ethay atcay indsfay away edray allbay afterway unchlay
ethay oldway anmay earshay oldway oriesstay againway
away ogday eetsgray eengray applesway afterway unchlay
ourway oatbay emembersray eengray applesway odaytay
ethay eachertay emembersray away etterlay ithway eatgray oyjay
away oungyay irlgay eetsgray ethay uietqay eetstray odaytay
ourway oatbay ollowsfay ethay ousehay atway ightnay
away ogday ollowsfay ethay ousehay againway
ethay oldway anmay arriescay ethay uietqay eetstray odaytay
away oungyay irlgay arriescay away edray allbay ithoutway away ordway
oneway ildchay earshay armway aterway odaytay
oneway ildchay ollowsfay oldway oriesstay atway ightnay
eirthay orsehay eetsgray everyway owerflay afterway unchlay
ethay armerfay eetsgray eengray applesway eryvay oftenway
isthay irdbay ollowsfay omesay eadbray atway ightnay
away allsmay ishfay earshay oldway oriesstay ithway eatgray oyjay
ethay eachertay eessay ethay oonmay ithoutway away ordway
oneway ildchay earshay ethay ousehay inway ethay orningmay
away allsmay ishfay antsway ethay iverray inway ethay orningmay
ethay oldway anmay eetsgray ethay oonmay afterway unchlay
ethay oldway anmay aintspay away etterlay atway ightnay
away allsmay ishfay ikeslay everyway owerflay ithway eatgray oyjay
ethay atcay ikeslay eengray applesway eryvay oftenway
oneway ildchay arriescay ethay oonmay ithway eatgray oyjay
ethay eachertay eessay everyway owerflay odaytay
away allsmay ishfay emembersray ethay ousehay againway
away ogday ollowsfay anway orangeway ithoutway away ordway
ethay eachertay eessay ethay ousehay atway ightnay
eirthay orsehay emembersray anway orangeway againway
away oungyay irlgay indsfay oldway oriesstay atway ightnay
isthay irdbay arriescay everyway owerflay afterway unchlay
away allsmay ishfay eessay ethay oonmay odaytay
ethay eachertay eetsgray ethay uietqay eetstray eryvay oftenway
ethay armerfay indsfay armway aterway eryvay oftenway
myay iendfray eetsgray oldway oriesstay inway ethay orningmay
away allsmay ishfay antsway ethay iverray ithoutway away ordway
ourway oatbay arriescay away edray allbay afterway unchlay
oneway ildchay earshay away etterlay inway ethay orningmay
ourway oatbay arriescay away edray allbay atway ightnay
myay iendfray indsfay omesay eadbray ithway eatgray oyjay
oneway ildchay arriescay armway aterway ithoutway away ordway
eirthay orsehay indsfay omesay eadbray atway ightnay
oneway ildchay indsfay omesay eadbray againway
eirthay orsehay ikeslay anway orangeway afterway unchlay
ethay armerfay earshay armway aterway inway ethay orningmay
oneway ildchay indsfay eengray applesway afterway unchlay
ethay eachertay earshay ethay oonmay ithway eatgray oyjay
ourway oatbay ikeslay ethay oonmay odaytay
ethay atcay ollowsfay omesay eadbray inway ethay orningmay
ethay eachertay ikeslay anway orangeway eryvay oftenway
eirthay orsehay ikeslay eengray applesway inway ethay orningmay
away oungyay irlgay eetsgray away edray allbay eryvay oftenway
myay iendfray arriescay omesay eadbray eryvay oftenway
isthay irdbay ikeslay away edray allbay ithoutway away ordway
away allsmay ishfay aintspay eengray applesway inway ethay orningmay
ethay eachertay ollowsfay oldway oriesstay eryvay oftenway
eirthay orsehay arriescay eengray applesway ithoutway away ordway
ethay oldway anmay aintspay away edray allbay ithway eatgray oyjay
eirthay orsehay antsway ethay iverray odaytay
isthay irdbay eetsgray armway aterway eryvay oftenway
ourway oatbay arriescay ethay ousehay ithoutway away ordway
oneway ildchay earshay anway orangeway inway ethay orningmay
myay iendfray antsway ethay uietqay eetstray odaytay
away ogday earshay armway aterway atway ightnay
ethay atcay ikeslay away etterlay ithway eatgray oyjay
away oungyay irlgay ollowsfay away etterlay atway ightnay
away allsmay ishfay antsway omesay eadbray atway ightnay
ethay oldway anmay antsway armway aterway ithway eatgray oyjay
oneway ildchay indsfay away etterlay inway ethay orningmay
ethay armerfay ollowsfay away etterlay atway ightnay
away allsmay ishfay emembersray ethay iverray odaytay
away allsmay ishfay aintspay eengray applesway ithoutway away ordway
eirthay orsehay emembersray everyway owerflay eryvay oftenway
isthay irdbay antsway eengray applesway afterway unchlay
away oungyay irlgay indsfay ethay uietqay eetstray inway ethay orningmay
away allsmay ishfay arriescay omesay eadbray odaytay
away ogday emembersray everyway owerflay inway ethay orningmay
ethay atcay earshay ethay ousehay inway ethay orningmay
myay iendfray emembersray ethay ousehay ithway eatgray oyjay
ourway oatbay earshay away edray allbay inway ethay orningmay
away oungyay irlgay emembersray ethay oonmay ithway eatgray oyjay
ethay atcay indsfay ethay uietqay eetstray eryvay oftenway
eirthay orsehay aintspay ethay ousehay eryvay oftenway
ethay oldway anmay arriescay anway orangeway atway ightnay
ourway oatbay eetsgray omesay eadbray afterway unchlay
isthay irdbay ollowsfay everyway owerflay afterway unchlay
isthay irdbay aintspay ethay oonmay ithoutway away ordway
away allsmay ishfay antsway anway orangeway afterway unchlay
myay iendfray indsfay away edray allbay afterway unchlay
away allsmay ishfay emembersray ethay uietqay eetstray atway ightnay
away ogday ikeslay armway aterway inway ethay orningmay
away ogday eessay everyway owerflay eryvay oftenway
away allsmay ishfay ollowsfay away etterlay atway ightnay
oneway ildchay aintspay omesay eadbray ithoutway away ordway
ethay oldway anmay emembersray armway aterway eryvay oftenway
ethay oldway anmay earshay away etterlay atway ightnay
oneway ildchay antsway omesay eadbray ithway eatgray oyjay
away allsmay ishfay earshay ethay ousehay inway ethay orningmay
ethay oldway anmay eessay oldway oriesstay ithway eatgray oyjay
away allsmay ishfay ikeslay ethay uietqay eetstray againway
ethay eachertay emembersray anway orangeway odaytay
myay iendfray ollowsfay eengray applesway ithoutway away ordway
away allsmay ishfay emembersray ethay iverray ithoutway away ordway
away ogday aintspay away edray allbay againway
eirthay orsehay arriescay anway orangeway ithway eatgray oyjay
eirthay orsehay earshay ethay iverray ithoutway away ordway
eirthay orsehay antsway ethay oonmay ithway eatgray oyjay
ethay eachertay earshay omesay eadbray inway ethay orningmay
oneway ildchay antsway away edray allbay atway ightnay
ethay eachertay ollowsfay eengray applesway eryvay oftenway
away oungyay irlgay eetsgray away edray allbay againway
ethay armerfay eessay ethay oonmay odaytay
ethay armerfay earshay anway orangeway againway
myay iendfray indsfay armway aterway afterway unchlay
away allsmay ishfay emembersray anway orangeway ithoutway away ordway
isthay irdbay antsway omesay eadbray odaytay
eirthay orsehay arriescay ethay uietqay eetstray eryvay oftenway
away allsmay ishfay aintspay away edray allbay odaytay
ethay oldway anmay eessay away edray allbay afterway unchlay
ethay oldway anmay ikeslay ethay oonmay afterway unchlay
away ogday antsway ethay iverray againway
myay iendfray eessay everyway owerflay afterway unchlay
ourway oatbay eessay omesay eadbray ithway eatgray oyjay
away oungyay irlgay emembersray armway aterway ithoutway away ordway
ethay armerfay earshay omesay eadbray inway ethay orningmay
ethay atcay antsway anway orangeway atway ightnay
eirthay orsehay emembersray ethay iverray eryvay oftenway
oneway ildchay indsfay ethay ousehay ithway eatgray oyjay
ourway oatbay eessay armway aterway againway
ethay armerfay ollowsfay anway orangeway atway ightnay
eirthay orsehay antsway anway orangeway ithoutway away ordway
ethay atcay arriescay armway aterway ithoutway away ordway
ethay oldway anmay indsfay omesay eadbray odaytay
eirthay orsehay ollowsfay ethay iverray atway ightnay
isthay irdbay ikeslay away etterlay ithway eatgray oyjay
isthay irdbay ollowsfay ethay iverray afterway unchlay
oneway ildchay aintspay away edray allbay atway ightnay
away ogday antsway away edray allbay odaytay
ethay armerfay aintspay ethay iverray ithway eatgray oyjay
away ogday indsfay away edray allbay ithoutway away ordway
isthay irdbay antsway armway aterway afterway unchlay
isthay irdbay earshay ethay iverray eryvay oftenway
away ogday eessay eengray applesway eryvay oftenway
away allsmay ishfay arriescay ethay oonmay afterway unchlay
ourway oatbay eessay ethay iverray againway
oneway ildchay eetsgray omesay eadbray atway ightnay
ethay eachertay eetsgray ethay uietqay eetstray atway ightnay
ethay eachertay ikeslay anway orangeway odaytay
ethay oldway anmay arriescay anway orangeway ithoutway away ordway
ethay armerfay emembersray omesay eadbray ithway eatgray oyjay
eirthay orsehay eessay everyway owerflay ithoutway away ordway
ethay oldway anmay ollowsfay anway orangeway atway ightnay
away allsmay ishfay earshay ethay ousehay ithway eatgray oyjay
myay iendfray ollowsfay ethay iverray ithoutway away ordway
isthay irdbay earshay everyway owerflay atway ightnay
myay iendfray eessay everyway owerflay odaytay
ethay armerfay eessay armway aterway ithoutway away ordway
myay iendfray emembersray oldway oriesstay ithoutway away ordway
away oungyay irlgay eetsgray ethay uietqay eetstray ithway eatgray oyjay
eirthay orsehay antsway armway aterway afterway unchlay
away allsmay ishfay arriescay ethay iverray inway ethay orningmay
away oungyay irlgay eessay ethay uietqay eetstray ithoutway away ordway
myay iendfray eessay everyway owerflay ithoutway away ordway
myay iendfray emembersray everyway owerflay eryvay oftenway
ethay armerfay eetsgray away edray allbay inway ethay orningmay
ethay atcay emembersray ethay uietqay eetstray ithway eatgray oyjay
ethay oldway anmay ikeslay anway orangeway ithway eatgray oyjay
oneway ildchay ikeslay everyway owerflay atway ightnay
eirthay orsehay arriescay eengray applesway ithway eatgray oyjay
away ogday arriescay eengray applesway ithway eatgray oyjay
ourway oatbay ollowsfay oldway oriesstay ithoutway away ordway
ethay eachertay ikeslay ethay iverray eryvay oftenway
ethay atcay aintspay ethay oonmay afterway unchlay
away allsmay ishfay emembersray eengray applesway odaytay
isthay irdbay ollowsfay away edray allbay atway ightnay
ethay armerfay arriescay ethay oonmay odaytay
myay iendfray eessay oldway oriesstay againway
away ogday indsfay ethay oonmay ithway eatgray oyjay
ethay atcay antsway ethay ousehay odaytay
ethay eachertay aintspay ethay ousehay ithoutway away ordway
ethay atcay earshay ethay iverray ithway eatgray oyjay
away ogday ollowsfay eengray applesway odaytay
away oungyay irlgay arriescay eengray applesway atway ightnay
eirthay orsehay indsfay ethay oonmay ithway eatgray oyjay
oneway ildchay aintspay away etterlay afterway unchlay
eirthay orsehay indsfay eengray applesway atway ightnay
ethay eachertay aintspay everyway owerflay inway ethay orningmay
myay iendfray arriescay anway orangeway eryvay oftenway
ethay eachertay emembersray oldway oriesstay odaytay
away allsmay ishfay ikeslay armway aterway againway
ethay eachertay indsfay away etterlay odaytay
oneway ildchay ikeslay anway orangeway againway
ethay armerfay ollowsfay omesay eadbray odaytay
oneway ildchay antsway oldway oriesstay ithoutway away ordway
ethay atcay aintspay away etterlay odaytay
away ogday ollowsfay omesay eadbray againway
ourway oatbay arriescay ethay iverray inway ethay orningmay
away oungyay irlgay ikeslay away etterlay eryvay oftenway
ethay armerfay ollowsfay omesay eadbray ithway eatgray oyjay
isthay irdbay eetsgray eengray applesway eryvay oftenway
away ogday aintspay away edray allbay inway ethay orningmay
away ogday aintspay ethay ousehay afterway unchlay
ourway oatbay eessay oldway oriesstay inway ethay orningmay
ethay atcay ollowsfay oldway oriesstay odaytay
isthay irdbay antsway away etterlay afterway unchlay
ourway oatbay eetsgray ethay oonmay ithway eatgray oyjay
myay iendfray ikeslay eengray applesway ithoutway away ordway
ourway oatbay indsfay omesay eadbray atway ightnay
away oungyay irlgay eetsgray ethay ousehay afterway unchlay
myay iendfray ikeslay anway orangeway atway ightnay
isthay irdbay ikeslay oldway oriesstay eryvay oftenway
ethay eachertay eetsgray eengray applesway odaytay
eirthay orsehay aintspay away etterlay againway
away oungyay irlgay aintspay eengray applesway atway ightnay
ethay oldway anmay eessay ethay ousehay eryvay oftenway
ethay atcay ollowsfay away etterlay ithoutway away ordway
ethay armerfay earshay armway aterway eryvay oftenway
away ogday earshay omesay eadbray ithway eatgray oyjay
ethay eachertay indsfay oldway oriesstay againway
ethay atcay ikeslay ethay uietqay eetstray eryvay oftenway
oneway ildchay eetsgray ethay uietqay eetstray atway ightnay
myay iendfray ollowsfay away edray allbay odaytay
ethay atcay antsway ethay oonmay odaytay
isthay irdbay ollowsfay ethay uietqay eetstray odaytay
away allsmay ishfay ollowsfay oldway oriesstay ithway eatgray oyjay
isthay irdbay aintspay oldway oriesstay ithoutway away ordway
isthay irdbay emembersray ethay ousehay ithway eatgray oyjay
myay iendfray eetsgray everyway owerflay againway
ethay oldway anmay eessay oldway oriesstay ithoutway away ordway
ethay oldway anmay aintspay everyway owerflay ithoutway away ordway
ethay eachertay indsfay ethay iverray inway ethay orningmay
eirthay orsehay earshay oldway oriesstay ithoutway away ordway
myay iendfray emembersray omesay eadbray ithway eatgray oyjay
away oungyay irlgay arriescay oldway oriesstay afterway unchlay
oneway ildchay emembersray ethay ousehay atway ightnay
ethay oldway anmay eetsgray oldway oriesstay atway ightnay
away allsmay ishfay eetsgray omesay eadbray atway ightnay
isthay irdbay aintspay oldway oriesstay atway ightnay
ethay armerfay indsfay away etterlay ithoutway away ordway
oneway ildchay earshay oldway oriesstay ithway eatgray oyjay
away allsmay ishfay eetsgray eengray applesway inway ethay orningmay
oneway ildchay ikeslay away edray allbay ithoutway away ordway
ethay armerfay aintspay oldway oriesstay afterway unchlay
ethay armerfay emembersray anway orangeway atway ightnay
away oungyay irlgay eessay away etterlay ithoutway away ordway
ourway oatbay ollowsfay away etterlay eryvay oftenway
away oungyay irlgay aintspay ethay oonmay atway ightnay
ourway oatbay eetsgray oldway oriesstay againway
ethay eachertay emembersray omesay eadbray afterway unchlay
ethay eachertay earshay omesay eadbray odaytay
ethay atcay antsway eengray applesway againway
oneway ildchay eetsgray omesay eadbray ithoutway away ordway
eirthay orsehay aintspay omesay eadbray eryvay oftenway
ethay oldway anmay eetsgray everyway owerflay atway ightnay
ethay armerfay earshay eengray applesway eryvay oftenway
ethay armerfay indsfay eengray applesway odaytay
myay iendfray emembersray ethay ousehay againway
eirthay orsehay emembersray away edray allbay ithway eatgray oyjay
away allsmay ishfay eetsgray ethay uietqay eetstray ithoutway away ordway
away ogday ikeslay ethay iverray inway ethay orningmay
away ogday aintspay ethay iverray inway ethay orningmay
oneway ildchay antsway everyway owerflay ithway eatgray oyjay
ethay eachertay eetsgray armway aterway againway
away ogday ikeslay oldway oriesstay inway ethay orningmay
away ogday arriescay anway orangeway odaytay
away allsmay ishfay antsway anway orangeway inway ethay orningmay
ourway oatbay ikeslay anway orangeway eryvay oftenway
isthay irdbay earshay ethay iverray afterway unchlay
ethay oldway anmay ollowsfay armway aterway againway
oneway ildchay arriescay everyway owerflay atway ightnay
away ogday emembersray oldway oriesstay againway
oneway ildchay aintspay ethay oonmay eryvay oftenway
isthay irdbay emembersray eengray applesway atway ightnay
ethay atcay indsfay everyway owerflay ithway eatgray oyjay
myay iendfray ikeslay away edray allbay afterway unchlay
ethay atcay arriescay ethay iverray inway ethay orningmay
away oungyay irlgay ollowsfay eengray applesway ithway eatgray oyjay
away ogday eetsgray away etterlay odaytay
ethay armerfay indsfay ethay oonmay atway ightnay
isthay irdbay ollowsfay armway aterway odaytay
ourway oatbay eetsgray everyway owerflay odaytay
myay iendfray antsway ethay iverray againway
myay iendfray emembersray anway orangeway odaytay
away ogday antsway armway aterway afterway unchlay
ethay eachertay ollowsfay eengray applesway ithoutway away ordway
myay iendfray eessay away edray allbay inway ethay orningmay
ourway oatbay aintspay ethay oonmay atway ightnay
isthay irdbay ikeslay everyway owerflay atway ightnay
ethay atcay eetsgray eengray applesway eryvay oftenway
away ogday ollowsfay away edray allbay afterway unchlay
ethay eachertay emembersray everyway owerflay inway ethay orningmay
ethay armerfay earshay everyway owerflay ithway eatgray oyjay
away oungyay irlgay arriescay armway aterway ithway eatgray oyjay
eirthay orsehay ollowsfay away etterlay eryvay oftenway
oneway ildchay eetsgray ethay oonmay odaytay
away allsmay ishfay eessay omesay eadbray atway ightnay
ethay atcay earshay ethay ousehay atway ightnay
ethay atcay indsfay oldway oriesstay atway ightnay
oneway ildchay eessay ethay uietqay eetstray againway
oneway ildchay arriescay ethay ousehay atway ightnay
ethay eachertay earshay away etterlay inway ethay orningmay
ethay eachertay aintspay away etterlay againway
eirthay orsehay earshay eengray applesway eryvay oftenway
ethay atcay arriescay away edray allbay atway ightnay
myay iendfray earshay ethay ousehay odaytay
ethay armerfay arriescay ethay ousehay atway ightnay
away allsmay ishfay emembersray armway aterway inway ethay orningmay
away allsmay ishfay ollowsfay anway orangeway inway ethay orningmay
oneway ildchay earshay eengray applesway ithway eatgray oyjay
ethay armerfay emembersray ethay uietqay eetstray againway
away ogday antsway ethay ousehay ithoutway away ordway
ethay eachertay antsway ethay ousehay ithway eatgray oyjay
ethay oldway anmay eetsgray ethay uietqay eetstray afterway unchlay
away oungyay irlgay eetsgray eengray applesway atway ightnay
ethay armerfay eessay oldway oriesstay inway ethay orningmay
away oungyay irlgay indsfay ethay uietqay eetstray ithway eatgray oyjay
eirthay orsehay earshay omesay eadbray ithoutway away ordway
ethay oldway anmay indsfay ethay uietqay eetstray againway
away allsmay ishfay arriescay armway aterway odaytay
isthay irdbay indsfay everyway owerflay ithoutway away ordway
away allsmay ishfay emembersray away edray allbay eryvay oftenway
isthay irdbay ikeslay everyway owerflay inway ethay orningmay
ethay eachertay antsway everyway owerflay againway
away oungyay irlgay antsway ethay ousehay ithoutway away ordway
myay iendfray eessay away etterlay odaytay
away ogday eessay oldway oriesstay againway
myay iendfray ikeslay omesay eadbray againway
ethay armerfay eetsgray oldway oriesstay atway ightnay
ethay armerfay eessay ethay ousehay afterway unchlay
ethay oldway anmay eessay omesay eadbray inway ethay orningmay
eirthay orsehay eessay ethay uietqay eetstray againway
away ogday indsfay anway orangeway ithway eatgray oyjay
away oungyay irlgay eessay ethay uietqay eetstray againway
away allsmay ishfay ikeslay anway orangeway inway ethay orningmay
ethay armerfay eessay away etterlay eryvay oftenway
isthay irdbay ikeslay eengray applesway atway ightnay
ourway oatbay ikeslay away edray allbay atway ightnay
myay iendfray emembersray armway aterway inway ethay orningmay
ethay atcay ikeslay anway orangeway ithoutway away ordway
ethay atcay ollowsfay away edray allbay afterway unchlay
ethay armerfay antsway omesay eadbray odaytay
oneway ildchay eessay anway orangeway ithway eatgray oyjay
ethay eachertay aintspay away edray allbay afterway unchlay
away oungyay irlgay ollowsfay eengray applesway odaytay
myay iendfray eessay away edray allbay ithway eatgray oyjay
ethay armerfay ikeslay omesay eadbray eryvay oftenway
away ogday emembersray away etterlay againway
isthay irdbay arriescay eengray applesway ithoutway away ordway
myay iendfray antsway oldway oriesstay ithway eatgray oyjay
ethay armerfay antsway oldway oriesstay odaytay
away allsmay ishfay eetsgray away etterlay eryvay oftenway
oneway ildchay ikeslay ethay iverray afterway unchlay
away allsmay ishfay antsway armway aterway ithway eatgray oyjay
away allsmay ishfay earshay everyway owerflay againway
isthay irdbay eetsgray away etterlay ithoutway away ordway
ethay eachertay earshay away edray allbay ithway eatgray oyjay
ethay eachertay ikeslay omesay eadbray atway ightnay
eirthay orsehay eessay anway orangeway againway
ethay eachertay eetsgray eengray applesway atway ightnay
ethay eachertay ikeslay away edray allbay ithway eatgray oyjay
away allsmay ishfay arriescay ethay oonmay ithoutway away ordway
ethay eachertay antsway eengray applesway atway ightnay
away oungyay irlgay emembersray omesay eadbray ithoutway away ordway
ourway oatbay indsfay armway aterway atway ightnay
ethay eachertay earshay ethay uietqay eetstray afterway unchlay
away ogday arriescay ethay ousehay eryvay oftenway
ethay armerfay arriescay ethay oonmay inway ethay orningmay
ethay armerfay eessay everyway owerflay odaytay
myay iendfray ikeslay ethay iverray ithoutway away ordway
oneway ildchay indsfay oldway oriesstay ithoutway away ordway
away allsmay ishfay antsway eengray applesway inway ethay orningmay
oneway ildchay emembersray ethay oonmay eryvay oftenway
isthay irdbay aintspay omesay eadbray afterway unchlay
away allsmay ishfay emembersray away etterlay ithoutway away ordway
away ogday aintspay ethay uietqay eetstray ithoutway away ordway
ethay eachertay ikeslay armway aterway againway
away ogday indsfay ethay uietqay eetstray odaytay
ethay eachertay aintspay armway aterway afterway unchlay
ethay eachertay eessay omesay eadbray ithoutway away ordway
oneway ildchay eetsgray ethay uietqay eetstray ithway eatgray oyjay
isthay irdbay eessay omesay eadbray ithway eatgray oyjay
ethay oldway anmay aintspay everyway owerflay ithway eatgray oyjay
eirthay orsehay earshay ethay iverray afterway unchlay
ethay armerfay ollowsfay ethay oonmay atway ightnay
ourway oatbay ollowsfay away etterlay inway ethay orningmay
eirthay orsehay eessay ethay ousehay inway ethay orningmay
eirthay orsehay eetsgray ethay uietqay eetstray eryvay oftenway
eirthay orsehay eetsgray oldway oriesstay afterway unchlay
myay iendfray eessay omesay eadbray inway ethay orningmay
oneway ildchay earshay ethay uietqay eetstray ithway eatgray oyjay
ourway oatbay earshay ethay iverray eryvay oftenway
ethay armerfay ikeslay armway aterway odaytay
ethay eachertay emembersray anway orangeway eryvay oftenway
ethay atcay earshay ethay uietqay eetstray atway ightnay
away allsmay ishfay eessay ethay oonmay afterway unchlay
ethay atcay arriescay ethay iverray ithoutway away ordway
myay iendfray eetsgray ethay ousehay eryvay oftenway
away oungyay irlgay ikeslay eengray applesway inway ethay orningmay
away ogday emembersray ethay ousehay inway ethay orningmay
ethay oldway anmay emembersray eengray applesway atway ightnay
away oungyay irlgay emembersray ethay uietqay eetstray afterway unchlay
ourway oatbay emembersray ethay uietqay eetstray ithoutway away ordway
ethay eachertay emembersray armway aterway eryvay oftenway
eirthay orsehay ollowsfay armway aterway ithway eatgray oyjay
ourway oatbay antsway away edray allbay atway ightnay
ethay oldway anmay ollowsfay ethay iverray ithoutway away ordway
eirthay orsehay aintspay away etterlay atway ightnay
ethay armerfay earshay ethay iverray againway
oneway ildchay earshay anway orangeway atway ightnay
ethay atcay aintspay ethay iverray eryvay oftenway
ethay armerfay arriescay anway orangeway eryvay oftenway
ethay armerfay antsway ethay oonmay ithway eatgray oyjay
away ogday aintspay away etterlay afterway unchlay
away oungyay irlgay ollowsfay everyway owerflay againway
ethay armerfay ikeslay ethay ousehay ithoutway away ordway
away oungyay irlgay antsway ethay iverray afterway unchlay
ethay eachertay ollowsfay anway orangeway odaytay
away ogday indsfay omesay eadbray eryvay oftenway
myay iendfray indsfay oldway oriesstay ithoutway away ordway
ethay armerfay aintspay away edray allbay odaytay
isthay irdbay eessay anway orangeway eryvay oftenway
away ogday ollowsfay omesay eadbray eryvay oftenway
away ogday indsfay ethay ousehay eryvay oftenway
away ogday arriescay ethay uietqay eetstray atway ightnay
ethay atcay ollowsfay ethay ousehay atway ightnay
isthay irdbay emembersray everyway owerflay againway
ourway oatbay indsfay away etterlay afterway unchlay
ourway oatbay eessay eengray applesway ithoutway away ordway
ourway oatbay indsfay eengray applesway odaytay
away oungyay irlgay arriescay ethay uietqay eetstray ithway eatgray oyjay
away allsmay ishfay ikeslay ethay iverray afterway unchlay
ethay armerfay ollowsfay omesay eadbray againway
ethay armerfay eetsgray oldway oriesstay againway
ourway oatbay aintspay ethay oonmay ithoutway away ordway
away oungyay irlgay antsway ethay ousehay odaytay
eirthay orsehay eessay ethay uietqay eetstray afterway unchlay
oneway ildchay antsway ethay oonmay odaytay
ethay oldway anmay antsway eengray applesway ithway eatgray oyjay
away allsmay ishfay eetsgray away edray allbay ithoutway away ordway
away ogday aintspay eengray applesway ithway eatgray oyjay
away ogday emembersray armway aterway inway ethay orningmay
eirthay orsehay ollowsfay eengray applesway againway
ethay eachertay antsway oldway oriesstay odaytay
ethay armerfay ikeslay away etterlay eryvay oftenway
ethay eachertay antsway omesay eadbray ithway eatgray oyjay
ethay oldway anmay aintspay away edray allbay afterway unchlay
myay iendfray antsway ethay ousehay inway ethay orningmay
away allsmay ishfay eetsgray anway orangeway eryvay oftenway
ethay oldway anmay eetsgray ethay oonmay eryvay oftenway
ethay atcay indsfay armway aterway ithoutway away ordway
ethay oldway anmay eetsgray omesay eadbray inway ethay orningmay
oneway ildchay eetsgray eengray applesway afterway unchlay
ethay armerfay emembersray ethay uietqay eetstray atway ightnay
ethay atcay eessay oldway oriesstay atway ightnay
ethay atcay ollowsfay ethay ousehay afterway unchlay
away allsmay ishfay eetsgray anway orangeway ithway eatgray oyjay
ethay oldway anmay earshay everyway owerflay inway ethay orningmay
away ogday antsway everyway owerflay ithway eatgray oyjay
eirthay orsehay ollowsfay ethay iverray afterway unchlay
myay iendfray earshay oldway oriesstay eryvay oftenway
myay iendfray emembersray oldway oriesstay inway ethay orningmay
eirthay orsehay antsway eengray applesway ithoutway away ordway
ethay oldway anmay earshay omesay eadbray atway ightnay
oneway ildchay earshay away etterlay ithoutway away ordway
ethay atcay ollowsfay omesay eadbray afterway unchlay
away ogday eetsgray eengray applesway inway ethay orningmay
away allsmay ishfay arriescay ethay iverray againway
isthay irdbay eetsgray away etterlay ithway eatgray oyjay
ethay eachertay arriescay ethay uietqay eetstray inway ethay orningmay
ethay oldway anmay arriescay ethay oonmay odaytay
ethay armerfay eetsgray armway aterway eryvay oftenway
ethay oldway anmay ollowsfay oldway oriesstay eryvay oftenway
ethay oldway anmay ikeslay away etterlay eryvay oftenway
away allsmay ishfay indsfay omesay eadbray eryvay oftenway
ethay oldway anmay aintspay ethay iverray inway ethay orningmay
oneway ildchay eetsgray away etterlay ithway eatgray oyjay
oneway ildchay indsfay everyway owerflay odaytay
eirthay orsehay earshay anway orangeway againway
ourway oatbay arriescay armway aterway atway ightnay
eirthay orsehay antsway armway aterway againway
ethay eachertay arriescay away edray allbay ithway eatgray oyjay
oneway ildchay emembersray anway orangeway ithway eatgray oyjay
ethay oldway anmay ikeslay everyway owerflay atway ightnay
ethay atcay ikeslay omesay eadbray afterway unchlay
eirthay orsehay eessay ethay uietqay eetstray inway ethay orningmay
myay iendfray eetsgray ethay oonmay againway
myay iendfray arriescay away etterlay eryvay oftenway
oneway ildchay indsfay ethay ousehay eryvay oftenway
ethay armerfay aintspay away edray allbay ithway eatgray oyjay
away ogday eetsgray anway orangeway afterway unchlay
oneway ildchay indsfay anway orangeway afterway unchlay
ethay eachertay earshay armway aterway againway
ourway oatbay eetsgray ethay oonmay ithoutway away ordway
away allsmay ishfay ikeslay ethay iverray odaytay
ethay armerfay arriescay ethay uietqay eetstray odaytay
away oungyay irlgay eetsgray away edray allbay ithoutway away ordway
away ogday aintspay armway aterway againway
ethay atcay ikeslay armway aterway againway
ethay atcay ollowsfay ethay iverray ithway eatgray oyjay
away allsmay ishfay ollowsfay ethay uietqay eetstray againway
away oungyay irlgay emembersray everyway owerflay eryvay oftenway
away oungyay irlgay arriescay ethay oonmay ithoutway away ordway
ourway oatbay indsfay everyway owerflay ithway eatgray oyjay
away ogday eessay omesay eadbray eryvay oftenway
myay iendfray earshay armway aterway inway ethay orningmay
away allsmay ishfay indsfay away edray allbay odaytay
isthay irdbay aintspay anway orangeway atway ightnay
ethay eachertay arriescay ethay iverray ithway eatgray oyjay
away allsmay ishfay aintspay ethay iverray odaytay
eirthay orsehay eetsgray anway orangeway odaytay
away allsmay ishfay aintspay armway aterway odaytay
ethay oldway anmay earshay eengray applesway eryvay oftenway
eirthay orsehay ikeslay away edray allbay againway
ourway oatbay aintspay oldway oriesstay againway
away oungyay irlgay emembersray eengray applesway againway
ethay eachertay aintspay ethay oonmay ithway eatgray oyjay
ourway oatbay eetsgray ethay ousehay odaytay
myay iendfray earshay ethay oonmay inway ethay orningmay
away oungyay irlgay indsfay away etterlay atway ightnay
isthay irdbay earshay away etterlay odaytay
away ogday indsfay eengray applesway atway ightnay
ethay eachertay indsfay away etterlay ithoutway away ordway
away allsmay ishfay ikeslay omesay eadbray ithoutway away ordway
away allsmay ishfay emembersray anway orangeway ithway eatgray oyjay
ethay eachertay emembersray oldway oriesstay ithway eatgray oyjay
ourway oatbay earshay ethay iverray againway
away ogday ikeslay ethay oonmay afterway unchlay
eirthay orsehay ikeslay away edray allbay atway ightnay
ethay armerfay eetsgray ethay uietqay eetstray ithway eatgray oyjay
away oungyay irlgay eetsgray armway aterway inway ethay orningmay
away allsmay ishfay arriescay oldway oriesstay odaytay
oneway ildchay eessay eengray applesway odaytay
ethay armerfay ikeslay armway aterway ithway eatgray oyjay
ethay atcay ollowsfay armway aterway againway
ethay oldway anmay indsfay ethay ousehay afterway unchlay
oneway ildchay eetsgray ethay iverray ithoutway away ordway
away ogday antsway oldway oriesstay ithoutway away ordway
away allsmay ishfay antsway ethay uietqay eetstray afterway unchlay
ethay armerfay eetsgray omesay eadbray ithoutway away ordway
ourway oatbay eessay armway aterway ithway eatgray oyjay
ethay armerfay emembersray omesay eadbray againway
ourway oatbay ollowsfay eengray applesway eryvay oftenway
away oungyay irlgay emembersray away edray allbay afterway unchlay
away allsmay ishfay arriescay anway orangeway atway ightnay
ethay armerfay aintspay armway aterway inway ethay orningmay
ourway oatbay indsfay oldway oriesstay inway ethay orningmay
eirthay orsehay eetsgray armway aterway afterway unchlay
isthay irdbay antsway anway orangeway ithway eatgray oyjay
ethay atcay eessay ethay ousehay inway ethay orningmay
ethay eachertay indsfay away edray allbay ithoutway away ordway
away oungyay irlgay ikeslay oldway oriesstay againway
ethay oldway anmay arriescay ethay oonmay ithoutway away ordway
ethay eachertay aintspay away edray allbay eryvay oftenway
ethay eachertay indsfay ethay oonmay ithway eatgray oyjay
myay iendfray aintspay ethay oonmay ithway eatgray oyjay
ethay eachertay ollowsfay away edray allbay ithway eatgray oyjay
away ogday emembersray ethay iverray ithoutway away ordway
myay iendfray eetsgray away edray allbay atway ightnay
ethay eachertay indsfay armway aterway ithway eatgray oyjay
myay iendfray antsway away edray allbay eryvay oftenway
isthay irdbay ikeslay omesay eadbray inway ethay orningmay
eirthay orsehay arriescay eengray applesway afterway unchlay
away allsmay ishfay ikeslay armway aterway eryvay oftenway
away allsmay ishfay aintspay away etterlay afterway unchlay
ethay eachertay antsway ethay uietqay eetstray odaytay
myay iendfray eessay ethay iverray ithway eatgray oyjay
ourway oatbay earshay ethay oonmay againway
ethay armerfay emembersray ethay iverray atway ightnay
ethay armerfay eetsgray ethay oonmay odaytay
ethay oldway anmay ikeslay away etterlay ithway eatgray oyjay
ethay oldway anmay emembersray ethay iverray ithoutway away ordway
ethay atcay aintspay everyway owerflay ithway eatgray oyjay
ethay atcay eetsgray ethay ousehay atway ightnay
ethay oldway anmay eessay ethay uietqay eetstray ithway eatgray oyjay
ethay atcay ikeslay ethay ousehay odaytay
myay iendfray ollowsfay ethay iverray atway ightnay
eirthay orsehay indsfay omesay eadbray afterway unchlay
away ogday indsfay ethay oonmay inway ethay orningmay
ethay armerfay ollowsfay eengray applesway atway ightnay
away allsmay ishfay eessay armway aterway atway ightnay
ourway oatbay arriescay ethay iverray eryvay oftenway
ethay eachertay antsway eengray applesway ithway eatgray oyjay
away allsmay ishfay indsfay eengray applesway againway
isthay irdbay earshay ethay uietqay eetstray eryvay oftenway
away allsmay ishfay eessay away edray allbay againway
away ogday earshay away etterlay atway ightnay
away ogday ikeslay ethay uietqay eetstray ithoutway away ordway
ourway oatbay eessay away etterlay afterway unchlay
away oungyay irlgay indsfay ethay ousehay eryvay oftenway
eirthay orsehay earshay anway orangeway afterway unchlay
ethay eachertay ikeslay anway orangeway againway
away oungyay irlgay aintspay away etterlay againway
away oungyay irlgay ikeslay ethay uietqay eetstray ithway eatgray oyjay
eirthay orsehay indsfay eengray applesway inway ethay orningmay
ethay atcay indsfay anway orangeway odaytay
ethay eachertay eessay ethay oonmay eryvay oftenway
oneway ildchay indsfay oldway oriesstay againway
myay iendfray emembersray oldway oriesstay atway ightnay
away allsmay ishfay ollowsfay ethay iverray atway ightnay
oneway ildchay aintspay ethay oonmay odaytay
ourway oatbay indsfay away edray allbay odaytay
isthay irdbay arriescay ethay uietqay eetstray eryvay oftenway
ethay armerfay antsway anway orangeway atway ightnay
oneway ildchay earshay away edray allbay odaytay
eirthay orsehay aintspay ethay oonmay ithway eatgray oyjay
eirthay orsehay aintspay eengray applesway ithoutway away ordway
eirthay orsehay ollowsfay omesay eadbray atway ightnay
away ogday aintspay oldway oriesstay ithway eatgray oyjay
oneway ildchay indsfay oldway oriesstay afterway unchlay
eirthay orsehay ollowsfay ethay oonmay odaytay
away ogday earshay anway orangeway odaytay
ethay oldway anmay indsfay ethay iverray ithway eatgray oyjay
ethay eachertay earshay ethay oonmay eryvay oftenway
ourway oatbay ikeslay ethay uietqay eetstray eryvay oftenway
away ogday earshay ethay oonmay againway
ourway oatbay eessay armway aterway atway ightnay
eirthay orsehay arriescay omesay eadbray againway
away allsmay ishfay eessay omesay eadbray ithway eatgray oyjay
oneway ildchay indsfay armway aterway eryvay oftenway
isthay irdbay aintspay ethay uietqay eetstray againway
oneway ildchay eessay omesay eadbray ithway eatgray oyjay
ethay armerfay aintspay ethay oonmay againway
ourway oatbay eetsgray eengray applesway eryvay oftenway
ethay oldway anmay antsway oldway oriesstay ithoutway away ordway
ethay atcay eessay anway orangeway inway ethay orningmay
oneway ildchay eetsgray eengray applesway atway ightnay
away ogday antsway oldway oriesstay odaytay
isthay irdbay ikeslay away edray allbay atway ightnay
oneway ildchay emembersray eengray applesway inway ethay orningmay
isthay irdbay eetsgray eengray applesway inway ethay orningmay
myay iendfray arriescay away edray allbay againway
away ogday ollowsfay ethay oonmay againway
eirthay orsehay ikeslay ethay iverray afterway unchlay
away ogday indsfay ethay oonmay againway
ethay atcay antsway omesay eadbray afterway unchlay
isthay irdbay ikeslay anway orangeway atway ightnay
away oungyay irlgay earshay ethay uietqay eetstray odaytay
ourway oatbay ikeslay everyway owerflay afterway unchlay
away allsmay ishfay indsfay oldway oriesstay ithway eatgray oyjay
myay iendfray ollowsfay eengray applesway inway ethay orningmay
away allsmay ishfay ikeslay ethay iverray eryvay oftenway
ethay eachertay eessay armway aterway afterway unchlay
away oungyay irlgay earshay omesay eadbray againway
ourway oatbay earshay away edray allbay againway
myay iendfray eessay away etterlay inway ethay orningmay
oneway ildchay eetsgray ethay oonmay afterway unchlay
myay iendfray ikeslay away edray allbay ithway eatgray oyjay
ethay atcay ikeslay eengray applesway afterway unchlay
ourway oatbay eessay omesay eadbray afterway unchlay
away allsmay ishfay eetsgray ethay iverray ithoutway away ordway
away allsmay ishfay ikeslay oldway oriesstay odaytay
ourway oatbay aintspay ethay ousehay atway ightnay
away ogday earshay oldway oriesstay ithway eatgray oyjay
myay iendfray earshay ethay ousehay againway
away allsmay ishfay eessay ethay iverray inway ethay orningmay
ethay oldway anmay ollowsfay armway aterway ithoutway away ordway
myay iendfray aintspay eengray applesway afterway unchlay
isthay irdbay ikeslay ethay ousehay afterway unchlay
oneway ildchay arriescay away edray allbay atway ightnay
away oungyay irlgay ikeslay oldway oriesstay odaytay
myay iendfray ollowsfay ethay iverray odaytay
myay iendfray ollowsfay armway aterway ithoutway away ordway
away ogday earshay eengray applesway inway ethay orningmay
ethay eachertay eetsgray eengray applesway inway ethay orningmay
ethay armerfay arriescay anway orangeway odaytay
oneway ildchay eetsgray ethay iverray inway ethay orningmay
ourway oatbay antsway oldway oriesstay eryvay oftenway
ourway oatbay ollowsfay anway orangeway ithoutway away ordway
isthay irdbay eetsgray ethay iverray againway
ourway oatbay eetsgray everyway owerflay ithoutway away ordway
away allsmay ishfay indsfay away edray allbay ithway eatgray oyjay
ethay oldway anmay aintspay ethay uietqay eetstray eryvay oftenway
myay iendfray earshay eengray applesway ithoutway away ordway
ethay atcay ikeslay everyway owerflay ithway eatgray oyjay
away allsmay ishfay aintspay ethay uietqay eetstray againway
myay iendfray aintspay away etterlay eryvay oftenway
away allsmay ishfay indsfay ethay uietqay eetstray ithoutway away ordway
ethay armerfay arriescay ethay uietqay eetstray eryvay oftenway
ourway oatbay emembersray ethay ousehay odaytay
eirthay orsehay indsfay ethay ousehay ithoutway away ordway
away allsmay ishfay aintspay ethay uietqay eetstray odaytay
ethay atcay ollowsfay away edray allbay eryvay oftenway
ethay oldway anmay eetsgray ethay uietqay eetstray atway ightnay
away ogday eetsgray anway orangeway ithoutway away ordway
oneway ildchay indsfay ethay uietqay eetstray ithway eatgray oyjay
ethay oldway anmay earshay away edray allbay ithway eatgray oyjay
eirthay orsehay aintspay ethay iverray eryvay oftenway
away allsmay ishfay earshay oldway oriesstay againway
ethay eachertay ikeslay oldway oriesstay inway ethay orningmay
away oungyay irlgay antsway ethay iverray eryvay oftenway
ethay eachertay emembersray eengray applesway ithoutway away ordway
isthay irdbay emembersray ethay iverray eryvay oftenway
away ogday indsfay away edray allbay inway ethay orningmay
isthay irdbay arriescay oldway oriesstay againway
away allsmay ishfay antsway ethay ousehay ithoutway away ordway
away allsmay ishfay earshay ethay ousehay afterway unchlay
ethay armerfay ikeslay ethay uietqay eetstray odaytay
ethay atcay ollowsfay anway orangeway againway
away ogday eessay oldway oriesstay atway ightnay
away allsmay ishfay eessay away edray allbay odaytay
oneway ildchay eetsgray away edray allbay inway ethay orningmay
isthay irdbay earshay eengray applesway afterway unchlay
away oungyay irlgay eessay oldway oriesstay eryvay oftenway
oneway ildchay antsway anway orangeway againway
ethay atcay ikeslay anway orangeway atway ightnay
myay iendfray aintspay ethay ousehay afterway unchlay
eirthay orsehay emembersray ethay iverray ithoutway away ordway
ourway oatbay earshay anway orangeway ithoutway away ordway
away oungyay irlgay antsway armway aterway afterway unchlay
ethay atcay ollowsfay oldway oriesstay ithway eatgray oyjay
away allsmay ishfay ollowsfay armway aterway afterway unchlay
isthay irdbay eetsgray everyway owerflay afterway unchlay
isthay irdbay aintspay away edray allbay afterway unchlay
away ogday indsfay ethay uietqay eetstray inway ethay orningmay
ethay atcay ikeslay anway orangeway afterway unchlay
away oungyay irlgay ikeslay away etterlay ithway eatgray oyjay
ethay oldway anmay eetsgray ethay ousehay againway
ethay armerfay eetsgray anway orangeway ithway eatgray oyjay
eirthay orsehay indsfay armway aterway againway
ethay eachertay ollowsfay omesay eadbray atway ightnay
eirthay orsehay arriescay everyway owerflay eryvay oftenway
ourway oatbay antsway everyway owerflay eryvay oftenway
ethay armerfay eessay away etterlay againway
ethay eachertay emembersray ethay uietqay eetstray eryvay oftenway
ethay oldway anmay ikeslay ethay uietqay eetstray atway ightnay
ethay armerfay aintspay away etterlay odaytay
oneway ildchay indsfay away edray allbay ithway eatgray oyjay
ethay armerfay ollowsfay oldway oriesstay atway ightnay
away oungyay irlgay eessay everyway owerflay againway
oneway ildchay indsfay anway orangeway ithoutway away ordway
eirthay orsehay eessay ethay iverray odaytay
oneway ildchay eetsgray away edray allbay ithoutway away ordway
away allsmay ishfay earshay away etterlay ithway eatgray oyjay
oneway ildchay earshay ethay oonmay inway ethay orningmay
ethay armerfay antsway eengray applesway againway
ethay oldway anmay ikeslay armway aterway eryvay oftenway
away allsmay ishfay eessay anway orangeway eryvay oftenway
isthay irdbay earshay away edray allbay afterway unchlay
away ogday eetsgray ethay oonmay odaytay
away ogday eessay omesay eadbray ithoutway away ordway
oneway ildchay aintspay oldway oriesstay againway
ethay atcay indsfay away etterlay againway
myay iendfray ollowsfay ethay uietqay eetstray afterway unchlay
ethay armerfay ollowsfay omesay eadbray eryvay oftenway
ethay oldway anmay eessay ethay oonmay afterway unchlay
away oungyay irlgay antsway omesay eadbray ithoutway away ordway
ourway oatbay eetsgray eengray applesway againway
oneway ildchay aintspay away etterlay atway ightnay
ethay oldway anmay indsfay away etterlay ithway eatgray oyjay
isthay irdbay arriescay eengray applesway inway ethay orningmay
away oungyay irlgay indsfay ethay iverray inway ethay orningmay
away oungyay irlgay arriescay ethay ousehay ithoutway away ordway
ethay armerfay antsway ethay uietqay eetstray ithoutway away ordway
oneway ildchay eessay armway aterway inway ethay orningmay
ethay eachertay aintspay anway orangeway afterway unchlay
ethay oldway anmay emembersray ethay ousehay ithway eatgray oyjay
ethay eachertay eetsgray everyway owerflay ithway eatgray oyjay
isthay irdbay eessay ethay oonmay eryvay oftenway
away ogday eessay oldway oriesstay ithway eatgray oyjay
ethay atcay aintspay away edray allbay eryvay oftenway
ourway oatbay arriescay armway aterway ithway eatgray oyjay
away allsmay ishfay arriescay omesay eadbray inway ethay orningmay
ethay oldway anmay aintspay ethay ousehay atway ightnay
myay iendfray eetsgray away etterlay atway ightnay
ethay armerfay emembersray anway orangeway ithoutway away ordway
ethay armerfay aintspay armway aterway ithoutway away ordway
ethay eachertay arriescay ethay iverray eryvay oftenway
ethay armerfay ollowsfay omesay eadbray atway ightnay
isthay irdbay emembersray ethay oonmay ithoutway away ordway
eirthay orsehay eessay ethay oonmay inway ethay orningmay
away oungyay irlgay aintspay omesay eadbray odaytay
away oungyay irlgay eetsgray ethay oonmay ithoutway away ordway
away oungyay irlgay ikeslay ethay oonmay inway ethay orningmay
ourway oatbay arriescay omesay eadbray inway ethay orningmay
isthay irdbay ollowsfay ethay oonmay ithoutway away ordway
away allsmay ishfay ikeslay armway aterway afterway unchlay
oneway ildchay emembersray away edray allbay ithway eatgray oyjay
ethay eachertay earshay ethay ousehay eryvay oftenway
ethay atcay aintspay eengray applesway ithway eatgray oyjay
away allsmay ishfay ollowsfay eengray applesway ithway eatgray oyjay
away oungyay irlgay earshay ethay oonmay inway ethay orningmay
away ogday antsway away etterlay odaytay
ethay eachertay eessay anway orangeway eryvay oftenway
isthay irdbay earshay oldway oriesstay atway ightnay
oneway ildchay antsway oldway oriesstay inway ethay orningmay
ourway oatbay eetsgray everyway owerflay againway
ourway oatbay antsway ethay ousehay odaytay
away ogday indsfay everyway owerflay ithoutway away ordway
myay iendfray ollowsfay ethay iverray afterway unchlay
away oungyay irlgay ollowsfay away edray allbay ithoutway away ordway
ethay eachertay ollowsfay away edray allbay afterway unchlay
ethay atcay antsway omesay eadbray eryvay oftenway
myay iendfray ollowsfay eengray applesway afterway unchlay
myay iendfray antsway armway aterway inway ethay orningmay
away oungyay irlgay aintspay ethay ousehay againway
away allsmay ishfay emembersray ethay iverray afterway unchlay
myay iendfray earshay ethay uietqay eetstray afterway unchlay
oneway ildchay earshay everyway owerflay eryvay oftenway
away ogday eetsgray armway aterway odaytay
ethay oldway anmay emembersray ethay ousehay ithoutway away ordway
oneway ildchay emembersray armway aterway ithoutway away ordway
away allsmay ishfay ollowsfay oldway oriesstay atway ightnay
ethay oldway anmay aintspay ethay iverray afterway unchlay
away allsmay ishfay antsway ethay uietqay eetstray odaytay
ourway oatbay aintspay armway aterway atway ightnay
myay iendfray earshay ethay ousehay atway ightnay
eirthay orsehay arriescay away etterlay inway ethay orningmay
ethay armerfay indsfay everyway owerflay ithway eatgray oyjay
ethay oldway anmay eessay oldway oriesstay againway
eirthay orsehay arriescay omesay eadbray eryvay oftenway
ourway oatbay antsway away etterlay atway ightnay
eirthay orsehay emembersray ethay oonmay againway
ethay atcay eetsgray away edray allbay ithoutway away ordway
myay iendfray eessay ethay uietqay eetstray afterway unchlay
ourway oatbay eetsgray ethay ousehay inway ethay orningmay
ethay atcay arriescay omesay eadbray ithway eatgray oyjay
ethay eachertay ollowsfay ethay ousehay ithway eatgray oyjay
ethay oldway anmay emembersray omesay eadbray againway
ethay eachertay eessay everyway owerflay eryvay oftenway
myay iendfray emembersray ethay oonmay odaytay
away allsmay ishfay ollowsfay ethay oonmay againway
oneway ildchay arriescay ethay iverray eryvay oftenway
away oungyay irlgay ollowsfay anway orangeway odaytay
ethay oldway anmay antsway away etterlay eryvay oftenway
away allsmay ishfay emembersray armway aterway ithway eatgray oyjay
ethay armerfay aintspay omesay eadbray atway ightnay
ethay armerfay eessay everyway owerflay againway
ethay armerfay earshay ethay iverray afterway unchlay
ethay atcay arriescay ethay ousehay ithway eatgray oyjay
away ogday indsfay ethay uietqay eetstray eryvay oftenway
ethay eachertay eetsgray ethay ousehay ithoutway away ordway
ethay eachertay antsway omesay eadbray inway ethay orningmay
ethay oldway anmay eessay away etterlay eryvay oftenway
away ogday eessay omesay eadbray atway ightnay
ethay eachertay arriescay oldway oriesstay atway ightnay
away allsmay ishfay ikeslay away edray allbay afterway unchlay
oneway ildchay indsfay everyway owerflay atway ightnay
ethay oldway anmay eetsgray ethay uietqay eetstray odaytay
isthay irdbay aintspay ethay uietqay eetstray ithoutway away ordway
away oungyay irlgay eetsgray oldway oriesstay againway
ethay armerfay arriescay eengray applesway afterway unchlay
away oungyay irlgay antsway armway aterway ithway eatgray oyjay
ethay atcay antsway away etterlay ithoutway away ordway
away ogday arriescay ethay iverray ithway eatgray oyjay
away allsmay ishfay antsway oldway oriesstay afterway unchlay
oneway ildchay antsway eengray applesway odaytay
eirthay orsehay emembersray ethay uietqay eetstray inway ethay orningmay
away oungyay irlgay emembersray omesay eadbray odaytay
away ogday arriescay omesay eadbray atway ightnay
ethay oldway anmay earshay everyway owerflay atway ightnay
away oungyay irlgay indsfay ethay uietqay eetstray ithoutway away ordway
ethay armerfay antsway armway aterway odaytay
oneway ildchay eessay ethay iverray ithway eatgray oyjay
eirthay orsehay eetsgray oldway oriesstay eryvay oftenway
ethay atcay earshay eengray applesway odaytay
ethay eachertay eetsgray oldway oriesstay afterway unchlay
ourway oatbay eessay eengray applesway odaytay
isthay irdbay emembersray ethay oonmay afterway unchlay
ethay eachertay ikeslay away edray allbay ithoutway away ordway
away allsmay ishfay earshay ethay iverray inway ethay orningmay
myay iendfray eetsgray ethay oonmay ithoutway away ordway
ethay oldway anmay earshay away edray allbay afterway unchlay
ethay armerfay ollowsfay ethay iverray ithoutway away ordway
eirthay orsehay eessay anway orangeway odaytay
ethay oldway anmay ollowsfay oldway oriesstay againway
eirthay orsehay ikeslay omesay eadbray eryvay oftenway
isthay irdbay antsway away etterlay ithoutway away ordway
ourway oatbay ollowsfay away edray allbay atway ightnay
ethay atcay eetsgray away edray allbay ithway eatgray oyjay
eirthay orsehay eessay away edray allbay eryvay oftenway
eirthay orsehay aintspay everyway owerflay atway ightnay
away allsmay ishfay arriescay everyway owerflay ithway eatgray oyjay
away ogday earshay ethay oonmay odaytay
ethay eachertay indsfay armway aterway againway
isthay irdbay antsway away edray allbay againway
ethay armerfay antsway oldway oriesstay ithoutway away ordway
ethay oldway anmay eetsgray eengray applesway atway ightnay
ethay eachertay eessay ethay uietqay eetstray ithoutway away ordway
away oungyay irlgay earshay omesay eadbray odaytay
isthay irdbay eetsgray eengray applesway afterway unchlay
away allsmay ishfay indsfay eengray applesway ithoutway away ordway
eirthay orsehay eetsgray away etterlay afterway unchlay
away ogday earshay away etterlay ithoutway away ordway
isthay irdbay indsfay ethay uietqay eetstray eryvay oftenway
away oungyay irlgay aintspay ethay ousehay inway ethay orningmay
isthay irdbay antsway ethay iverray ithoutway away ordway
ethay armerfay arriescay away etterlay afterway unchlay
away ogday eetsgray anway orangeway againway
ethay eachertay eessay away edray allbay afterway unchlay
ethay eachertay earshay armway aterway atway ightnay
ethay oldway anmay antsway armway aterway afterway unchlay
away oungyay irlgay ollowsfay ethay uietqay eetstray afterway unchlay
ethay armerfay aintspay away edray allbay ithoutway away ordway
isthay irdbay eessay ethay ousehay afterway unchlay
ethay atcay ikeslay away etterlay againway
ethay oldway anmay ikeslay oldway oriesstay ithoutway away ordway
ethay oldway anmay emembersray eengray applesway inway ethay orningmay
ethay eachertay ikeslay omesay eadbray eryvay oftenway
ethay atcay aintspay oldway oriesstay ithoutway away ordway
oneway ildchay indsfay eengray applesway atway ightnay
oneway ildchay ollowsfay omesay eadbray eryvay oftenway
ethay oldway anmay aintspay away edray allbay inway ethay orningmay
eirthay orsehay aintspay oldway oriesstay inway ethay orningmay
ethay armerfay arriescay omesay eadbray ithway eatgray oyjay
ethay atcay indsfay ethay iverray ithway eatgray oyjay
away allsmay ishfay arriescay away edray allbay againway
oneway ildchay arriescay ethay uietqay eetstray odaytay
ethay eachertay aintspay ethay uietqay eetstray afterway unchlay
myay iendfray ikeslay omesay eadbray afterway unchlay
myay iendfray indsfay ethay uietqay eetstray ithway eatgray oyjay
oneway ildchay indsfay everyway owerflay afterway unchlay
myay iendfray emembersray eengray applesway inway ethay orningmay
away allsmay ishfay arriescay eengray applesway atway ightnay
ethay eachertay emembersray ethay iverray eryvay oftenway
myay iendfray aintspay oldway oriesstay eryvay oftenway
myay iendfray ollowsfay ethay uietqay eetstray ithoutway away ordway
ourway oatbay eessay ethay uietqay eetstray ithoutway away ordway
isthay irdbay antsway away etterlay againway
ourway oatbay emembersray anway orangeway ithoutway away ordway
eirthay orsehay arriescay away etterlay odaytay
myay iendfray indsfay oldway oriesstay inway ethay orningmay
away allsmay ishfay eessay anway orangeway odaytay
isthay irdbay earshay armway aterway inway ethay orningmay
isthay irdbay antsway eengray applesway eryvay oftenway
ethay eachertay antsway away edray allbay ithoutway away ordway
ethay eachertay aintspay ethay ousehay againway
ourway oatbay emembersray ethay iverray eryvay oftenway
isthay irdbay ikeslay armway aterway afterway unchlay
ethay armerfay emembersray eengray applesway eryvay oftenway
ethay atcay antsway anway orangeway ithoutway away ordway
isthay irdbay ollowsfay oldway oriesstay afterway unchlay
ethay oldway anmay earshay ethay oonmay againway
ethay atcay earshay omesay eadbray ithway eatgray oyjay
away oungyay irlgay aintspay ethay oonmay againway
ethay atcay arriescay ethay oonmay afterway unchlay
ethay oldway anmay aintspay omesay eadbray eryvay oftenway
ethay eachertay ollowsfay everyway owerflay odaytay
ourway oatbay arriescay eengray applesway againway
away allsmay ishfay arriescay everyway owerflay eryvay oftenway
away allsmay ishfay eessay ethay ousehay odaytay
myay iendfray arriescay ethay ousehay ithway eatgray oyjay
away allsmay ishfay eetsgray ethay oonmay atway ightnay
oneway ildchay earshay away edray allbay ithoutway away ordway
away allsmay ishfay eessay omesay eadbray afterway unchlay
ethay atcay eetsgray ethay iverray againway
away ogday aintspay ethay iverray againway
ethay armerfay emembersray eengray applesway odaytay
ethay atcay eetsgray eengray applesway ithoutway away ordway
myay iendfray ollowsfay oldway oriesstay ithoutway away ordway
myay iendfray aintspay away etterlay inway ethay orningmay
myay iendfray aintspay anway orangeway odaytay
away oungyay irlgay aintspay ethay iverray eryvay oftenway
isthay irdbay emembersray ethay iverray atway ightnay
isthay irdbay eetsgray ethay uietqay eetstray againway
eirthay orsehay indsfay anway orangeway eryvay oftenway
isthay irdbay eetsgray anway orangeway inway ethay orningmay
ourway oatbay eessay away edray allbay afterway unchlay
ourway oatbay antsway away etterlay inway ethay orningmay
ethay oldway anmay eetsgray oldway oriesstay inway ethay orningmay
oneway ildchay aintspay ethay iverray afterway unchlay
eirthay orsehay ikeslay ethay iverray inway ethay orningmay
myay iendfray aintspay away etterlay atway ightnay
ethay oldway anmay emembersray ethay iverray atway ightnay
away allsmay ishfay eetsgray away etterlay ithway eatgray oyjay
ourway oatbay ikeslay eengray applesway inway ethay orningmay
ethay eachertay eetsgray ethay uietqay eetstray againway
ethay eachertay ikeslay everyway owerflay ithoutway away ordway
isthay irdbay eessay armway aterway ithoutway away ordway
eirthay orsehay earshay anway orangeway eryvay oftenway
isthay irdbay emembersray oldway oriesstay afterway unchlay
away allsmay ishfay earshay away etterlay ithoutway away ordway
away ogday arriescay omesay eadbray afterway unchlay
eirthay orsehay eetsgray eengray applesway ithway eatgray oyjay
ethay atcay ollowsfay everyway owerflay eryvay oftenway
ethay armerfay eetsgray armway aterway afterway unchlay
isthay irdbay emembersray armway aterway eryvay oftenway
ethay armerfay eetsgray anway orangeway eryvay oftenway
ourway oatbay ollowsfay anway orangeway eryvay oftenway
away ogday antsway ethay iverray ithoutway away ordway
ethay armerfay ikeslay armway aterway atway ightnay
ethay atcay emembersray away edray allbay ithoutway away ordway
ethay armerfay ikeslay anway orangeway ithway eatgray oyjay
ethay atcay eessay everyway owerflay ithway eatgray oyjay
oneway ildchay emembersray oldway oriesstay ithway eatgray oyjay
ethay armerfay antsway away etterlay eryvay oftenway
away oungyay irlgay earshay anway orangeway ithoutway away ordway
ourway oatbay arriescay everyway owerflay eryvay oftenway
isthay irdbay eessay oldway oriesstay inway ethay orningmay
away ogday earshay ethay ousehay eryvay oftenway
ethay armerfay indsfay armway aterway ithway eatgray oyjay
away ogday aintspay eengray applesway atway ightnay
ethay armerfay antsway away edray allbay afterway unchlay
away allsmay ishfay aintspay oldway oriesstay afterway unchlay
eirthay orsehay emembersray ethay ousehay afterway unchlay
away allsmay ishfay aintspay away edray allbay inway ethay orningmay
ethay armerfay aintspay away edray allbay atway ightnay
oneway ildchay eessay everyway owerflay againway
oneway ildchay eetsgray armway aterway inway ethay orningmay
ethay oldway anmay ikeslay everyway owerflay afterway unchlay
ethay atcay eetsgray anway orangeway odaytay
ourway oatbay eessay anway orangeway atway ightnay
ethay armerfay indsfay armway aterway ithoutway away ordway
ethay eachertay emembersray away edray allbay inway ethay orningmay
ethay armerfay indsfay ethay ousehay afterway unchlay
oneway ildchay antsway eengray applesway eryvay oftenway
ethay armerfay ikeslay ethay oonmay afterway unchlay
ethay armerfay eessay ethay oonmay againway
ethay armerfay eetsgray armway aterway atway ightnay
oneway ildchay eetsgray everyway owerflay atway ightnay
eirthay orsehay emembersray away edray allbay atway ightnay
away ogday ikeslay away edray allbay atway ightnay
away ogday eessay armway aterway eryvay oftenway
ethay armerfay emembersray away edray allbay atway ightnay
away oungyay irlgay arriescay ethay uietqay eetstray ithoutway away ordway
away oungyay irlgay antsway omesay eadbray odaytay
eirthay orsehay arriescay ethay uietqay eetstray inway ethay orningmay
ethay armerfay ikeslay oldway oriesstay atway ightnay
ourway oatbay earshay away edray allbay odaytay
oneway ildchay arriescay ethay iverray ithoutway away ordway
ethay eachertay arriescay armway aterway afterway unchlay
isthay irdbay arriescay anway orangeway ithoutway away ordway
away oungyay irlgay antsway omesay eadbray ithway eatgray oyjay
ethay eachertay earshay oldway oriesstay ithway eatgray oyjay
myay iendfray eetsgray omesay eadbray odaytay
oneway ildchay emembersray away etterlay ithway eatgray oyjay
away allsmay ishfay indsfay ethay oonmay ithway eatgray oyjay
ethay eachertay antsway ethay uietqay eetstray ithoutway away ordway
ethay eachertay ollowsfay armway aterway inway ethay orningmay
oneway ildchay indsfay everyway owerflay ithway eatgray oyjay
myay iendfray ikeslay ethay oonmay ithoutway away ordway
away allsmay ishfay eessay away etterlay ithway eatgray oyjay
ethay eachertay eetsgray away edray allbay againway
ethay atcay earshay everyway owerflay inway ethay orningmay
eirthay orsehay ollowsfay oldway oriesstay ithway eatgray oyjay
ethay armerfay earshay armway aterway againway
ethay armerfay aintspay away edray allbay afterway unchlay
ethay armerfay ikeslay oldway oriesstay inway ethay orningmay
ethay oldway anmay ollowsfay omesay eadbray eryvay oftenway
myay iendfray earshay ethay oonmay afterway unchlay
ethay eachertay ollowsfay ethay iverray odaytay
oneway ildchay earshay ethay iverray eryvay oftenway
isthay irdbay antsway ethay iverray eryvay oftenway
eirthay orsehay ollowsfay everyway owerflay ithoutway away ordway
ethay armerfay emembersray ethay uietqay eetstray ithway eatgray oyjay
ethay eachertay ikeslay armway aterway atway ightnay
eirthay orsehay ikeslay armway aterway ithoutway away ordway
ethay armerfay indsfay ethay iverray afterway unchlay
away allsmay ishfay ollowsfay away etterlay eryvay oftenway
isthay irdbay ollowsfay away edray allbay againway
away ogday emembersray ethay uietqay eetstray ithway eatgray oyjay
eirthay orsehay ikeslay anway orangeway inway ethay orningmay
away allsmay ishfay emembersray ethay oonmay eryvay oftenway
away ogday arriescay oldway oriesstay ithoutway away ordway
oneway ildchay eetsgray oldway oriesstay againway
myay iendfray earshay away edray allbay againway
ourway oatbay aintspay ethay iverray afterway unchlay
myay iendfray emembersray ethay iverray ithway eatgray oyjay
eirthay orsehay eetsgray eengray applesway odaytay
ethay eachertay emembersray away edray allbay afterway unchlay
myay iendfray eetsgray ethay iverray eryvay oftenway
ethay oldway anmay aintspay anway orangeway atway ightnay
ethay eachertay ollowsfay anway orangeway eryvay oftenway
eirthay orsehay indsfay ethay uietqay eetstray atway ightnay
away allsmay ishfay earshay eengray applesway ithway eatgray oyjay
myay iendfray eetsgray omesay eadbray eryvay oftenway
isthay irdbay ollowsfay ethay iverray ithway eatgray oyjay
away ogday arriescay away etterlay atway ightnay
ethay eachertay arriescay ethay ousehay ithway eatgray oyjay
myay iendfray eetsgray ethay oonmay inway ethay orningmay
ethay atcay ollowsfay ethay iverray eryvay oftenway
away allsmay ishfay eessay ethay uietqay eetstray odaytay
ethay oldway anmay eessay ethay iverray atway ightnay
ourway oatbay aintspay armway aterway againway
away oungyay irlgay eetsgray everyway owerflay inway ethay orningmay
ourway oatbay indsfay eengray applesway inway ethay orningmay
ethay eachertay emembersray everyway owerflay ithoutway away ordway
ethay atcay ikeslay everyway owerflay inway ethay orningmay
away ogday earshay away edray allbay odaytay
ethay oldway anmay emembersray ethay iverray inway ethay orningmay
ethay eachertay emembersray away edray allbay atway ightnay
myay iendfray indsfay ethay ousehay againway
ourway oatbay aintspay armway aterway afterway unchlay
away ogday aintspay ethay ousehay odaytay
eirthay orsehay indsfay everyway owerflay eryvay oftenway
ourway oatbay antsway eengray applesway againway
ethay oldway anmay emembersray ethay uietqay eetstray atway ightnay
ethay eachertay earshay ethay oonmay atway ightnay
isthay irdbay eetsgray away etterlay atway ightnay
oneway ildchay indsfay anway orangeway inway ethay orningmay
away oungyay irlgay aintspay away etterlay afterway unchlay
ourway oatbay ollowsfay eengray applesway againway
ethay armerfay aintspay away etterlay againway
oneway ildchay arriescay eengray applesway ithoutway away ordway
ethay oldway anmay eessay armway aterway ithoutway away ordway
ethay armerfay aintspay armway aterway atway ightnay
eirthay orsehay eetsgray ethay uietqay eetstray inway ethay orningmay
eirthay orsehay aintspay ethay oonmay inway ethay orningmay
ethay oldway anmay eessay everyway owerflay eryvay oftenway
ourway oatbay arriescay oldway oriesstay ithway eatgray oyjay
ethay oldway anmay eetsgray anway orangeway odaytay
away oungyay irlgay eessay ethay iverray inway ethay orningmay
myay iendfray arriescay ethay uietqay eetstray afterway unchlay
ethay oldway anmay arriescay oldway oriesstay inway ethay orningmay
myay iendfray emembersray ethay oonmay inway ethay orningmay
ethay oldway anmay earshay ethay iverray odaytay
isthay irdbay earshay ethay oonmay eryvay oftenway
oneway ildchay indsfay eengray applesway eryvay oftenway
eirthay orsehay eetsgray away edray allbay afterway unchlay
away ogday antsway ethay oonmay eryvay oftenway
away oungyay irlgay arriescay armway aterway inway ethay orningmay
ethay atcay antsway eengray applesway odaytay
away oungyay irlgay antsway eengray applesway odaytay
ethay armerfay ikeslay ethay oonmay inway ethay orningmay
away ogday eetsgray eengray applesway atway ightnay
ethay atcay indsfay eengray applesway odaytay
ethay armerfay earshay ethay iverray ithway eatgray oyjay
ethay oldway anmay arriescay anway orangeway ithway eatgray oyjay
ethay armerfay antsway ethay iverray atway ightnay
ethay armerfay ollowsfay everyway owerflay afterway unchlay
away allsmay ishfay arriescay ethay oonmay ithway eatgray oyjay
away ogday aintspay away edray allbay atway ightnay
ourway oatbay eessay omesay eadbray ithoutway away ordway
isthay irdbay antsway everyway owerflay afterway unchlay
ethay eachertay earshay ethay iverray eryvay oftenway
away allsmay ishfay eessay ethay iverray atway ightnay
eirthay orsehay antsway anway orangeway afterway unchlay
ourway oatbay ikeslay armway aterway atway ightnay
myay iendfray eessay away edray allbay eryvay oftenway
isthay irdbay ollowsfay ethay iverray inway ethay orningmay
ethay oldway anmay ikeslay away etterlay againway
ethay eachertay antsway everyway owerflay ithoutway away ordway
away oungyay irlgay antsway oldway oriesstay ithway eatgray oyjay
ourway oatbay indsfay ethay ousehay inway ethay orningmay
ethay oldway anmay ollowsfay away etterlay inway ethay orningmay
away oungyay irlgay antsway ethay iverray odaytay
isthay irdbay eetsgray ethay uietqay eetstray atway ightnay
oneway ildchay indsfay ethay uietqay eetstray atway ightnay
away oungyay irlgay eessay away etterlay ithway eatgray oyjay
isthay irdbay ikeslay oldway oriesstay odaytay
oneway ildchay aintspay armway aterway atway ightnay
ethay oldway anmay eetsgray away etterlay ithoutway away ordway
ethay oldway anmay earshay eengray applesway ithway eatgray oyjay
away allsmay ishfay aintspay everyway owerflay atway ightnay
away ogday ikeslay armway aterway ithway eatgray oyjay
myay iendfray ollowsfay ethay uietqay eetstray inway ethay orningmay
away ogday ollowsfay ethay ousehay ithoutway away ordway
oneway ildchay eessay ethay iverray ithoutway away ordway
ethay armerfay ollowsfay oldway oriesstay afterway unchlay
away oungyay irlgay emembersray anway orangeway ithway eatgray oyjay
oneway ildchay ollowsfay ethay iverray inway ethay orningmay
away allsmay ishfay aintspay ethay oonmay againway
eirthay orsehay emembersray ethay iverray afterway unchlay
isthay irdbay eetsgray away edray allbay ithway eatgray oyjay
isthay irdbay emembersray ethay iverray afterway unchlay
away oungyay irlgay earshay anway orangeway odaytay
oneway ildchay eetsgray ethay uietqay eetstray inway ethay orningmay
away oungyay irlgay earshay omesay eadbray ithoutway away ordway
isthay irdbay aintspay ethay oonmay inway ethay orningmay
ourway oatbay antsway armway aterway odaytay
eirthay orsehay indsfay anway orangeway afterway unchlay
ethay eachertay earshay anway orangeway inway ethay orningmay
ethay eachertay emembersray away etterlay odaytay
away oungyay irlgay indsfay everyway owerflay atway ightnay
ethay armerfay aintspay ethay uietqay eetstray againway
isthay irdbay eetsgray armway aterway odaytay
oneway ildchay ikeslay everyway owerflay againway
ethay armerfay aintspay ethay ousehay eryvay oftenway
myay iendfray earshay ethay uietqay eetstray ithway eatgray oyjay
myay iendfray eessay everyway owerflay againway
eirthay orsehay eetsgray away edray allbay eryvay oftenway
ethay atcay earshay omesay eadbray odaytay
ourway oatbay eessay oldway oriesstay atway ightnay
myay iendfray arriescay eengray applesway ithway eatgray oyjay
myay iendfray arriescay ethay ousehay afterway unchlay
oneway ildchay eetsgray eengray applesway ithway eatgray oyjay
isthay irdbay antsway ethay uietqay eetstray eryvay oftenway
ethay oldway anmay antsway everyway owerflay atway ightnay
ethay oldway anmay earshay ethay oonmay ithway eatgray oyjay
ethay eachertay aintspay ethay iverray ithway eatgray oyjay
ethay eachertay antsway away etterlay againway
away allsmay ishfay ollowsfay oldway oriesstay againway
away oungyay irlgay indsfay ethay uietqay eetstray eryvay oftenway
away ogday aintspay eengray applesway odaytay
isthay irdbay ollowsfay away etterlay ithoutway away ordway
ethay eachertay aintspay oldway oriesstay ithoutway away ordway
eirthay orsehay earshay everyway owerflay eryvay oftenway
eirthay orsehay arriescay ethay iverray ithway eatgray oyjay
myay iendfray earshay omesay eadbray atway ightnay
oneway ildchay ikeslay eengray applesway atway ightnay
eirthay orsehay eetsgray anway orangeway afterway unchlay
away ogday ollowsfay oldway oriesstay againway
isthay irdbay arriescay ethay iverray atway ightnay
ourway oatbay emembersray ethay oonmay inway ethay orningmay
isthay irdbay aintspay ethay iverray eryvay oftenway
myay iendfray aintspay omesay eadbray eryvay oftenway
ethay oldway anmay arriescay ethay uietqay eetstray ithoutway away ordway
ethay oldway anmay ollowsfay ethay ousehay ithoutway away ordway
oneway ildchay eessay ethay uietqay eetstray ithoutway away ordway
ethay eachertay emembersray ethay iverray odaytay
eirthay orsehay eessay away edray allbay inway ethay orningmay
ourway oatbay antsway omesay eadbray eryvay oftenway
oneway ildchay arriescay eengray applesway ithway eatgray oyjay
away ogday earshay away edray allbay inway ethay orningmay
away oungyay irlgay emembersray omesay eadbray ithway eatgray oyjay
ourway oatbay eetsgray ethay ousehay againway
away oungyay irlgay emembersray away etterlay inway ethay orningmay
eirthay orsehay aintspay away edray allbay ithway eatgray oyjay
away ogday arriescay everyway owerflay inway ethay orningmay
eirthay orsehay arriescay away etterlay atway ightnay
ethay armerfay emembersray oldway oriesstay inway ethay orningmay
isthay irdbay antsway ethay ousehay againway
oneway ildchay arriescay omesay eadbray againway
eirthay orsehay aintspay everyway owerflay againway
ethay armerfay indsfay away edray allbay ithway eatgray oyjay
myay iendfray earshay ethay iverray atway ightnay
ethay oldway anmay eessay anway orangeway againway
oneway ildchay emembersray eengray applesway ithway eatgray oyjay
ourway oatbay antsway omesay eadbray atway ightnay
away allsmay ishfay earshay ethay iverray eryvay oftenway
away allsmay ishfay earshay eengray applesway afterway unchlay
ethay oldway anmay aintspay away etterlay againway
eirthay orsehay emembersray ethay ousehay ithoutway away ordway
ethay armerfay ikeslay ethay iverray odaytay
ethay oldway anmay arriescay ethay iverray againway
ourway oatbay ikeslay ethay uietqay eetstray inway ethay orningmay
ethay armerfay earshay ethay oonmay eryvay oftenway
ethay oldway anmay earshay oldway oriesstay eryvay oftenway
ethay armerfay earshay ethay ousehay odaytay
myay iendfray emembersray ethay uietqay eetstray odaytay
ourway oatbay aintspay ethay oonmay ithway eatgray oyjay
ourway oatbay ikeslay ethay uietqay eetstray atway ightnay
away oungyay irlgay indsfay armway aterway afterway unchlay
away ogday earshay eengray applesway againway
away ogday earshay oldway oriesstay afterway unchlay
ethay armerfay aintspay omesay eadbray odaytay
isthay irdbay eetsgray eengray applesway againway
isthay irdbay indsfay ethay ousehay inway ethay orningmay
myay iendfray arriescay omesay eadbray odaytay
isthay irdbay arriescay ethay oonmay odaytay
eirthay orsehay aintspay omesay eadbray ithoutway away ordway
ethay oldway anmay ollowsfay omesay eadbray odaytay
oneway ildchay ikeslay anway orangeway inway ethay orningmay
away allsmay ishfay indsfay eengray applesway ithway eatgray oyjay
ourway oatbay ikeslay omesay eadbray inway ethay orningmay
away ogday emembersray oldway oriesstay inway ethay orningmay
ethay eachertay eetsgray away edray allbay ithoutway away ordway
ourway oatbay ikeslay omesay eadbray odaytay
isthay irdbay emembersray everyway owerflay ithoutway away ordway
eirthay orsehay eetsgray ethay oonmay odaytay
ethay atcay eessay eengray applesway atway ightnay
myay iendfray ikeslay ethay oonmay afterway unchlay
isthay irdbay earshay eengray applesway againway
away oungyay irlgay arriescay anway orangeway atway ightnay
myay iendfray aintspay anway orangeway afterway unchlay
away allsmay ishfay ollowsfay ethay iverray odaytay
ethay armerfay antsway omesay eadbray eryvay oftenway
eirthay orsehay ollowsfay armway aterway afterway unchlay
ethay atcay indsfay ethay oonmay inway ethay orningmay
isthay irdbay ollowsfay away etterlay inway ethay orningmay
away ogday indsfay armway aterway inway ethay orningmay
myay iendfray earshay eengray applesway atway ightnay
away allsmay ishfay arriescay everyway owerflay inway ethay orningmay
eirthay orsehay antsway ethay oonmay ithoutway away ordway
ethay armerfay emembersray ethay oonmay afterway unchlay
ethay atcay emembersray away edray allbay againway
oneway ildchay arriescay oldway oriesstay atway ightnay
ourway oatbay arriescay ethay uietqay eetstray ithoutway away ordway
ethay eachertay aintspay away etterlay odaytay
away allsmay ishfay eetsgray eengray applesway againway
myay iendfray ollowsfay away etterlay eryvay oftenway
oneway ildchay antsway oldway oriesstay odaytay
away oungyay irlgay antsway anway orangeway inway ethay orningmay
away allsmay ishfay ollowsfay away etterlay ithway eatgray oyjay
ethay oldway anmay indsfay ethay uietqay eetstray ithoutway away ordway
ethay armerfay arriescay away etterlay eryvay oftenway
away ogday ollowsfay away etterlay againway
oneway ildchay eetsgray ethay oonmay eryvay oftenway
ourway oatbay arriescay away edray allbay inway ethay orningmay
isthay irdbay eessay omesay eadbray odaytay
ethay armerfay eessay away etterlay afterway unchlay
away ogday emembersray armway aterway eryvay oftenway
eirthay orsehay emembersray armway aterway ithway eatgray oyjay
ethay armerfay ikeslay away etterlay atway ightnay
ethay armerfay ollowsfay away edray allbay againway
ourway oatbay indsfay everyway owerflay afterway unchlay
ethay eachertay arriescay away edray allbay inway ethay orningmay
ethay oldway anmay eetsgray away etterlay ithway eatgray oyjay
eirthay orsehay indsfay ethay uietqay eetstray eryvay oftenway
isthay irdbay earshay armway aterway ithoutway away ordway
ethay atcay emembersray ethay oonmay ithoutway away ordway
away ogday ikeslay away edray allbay inway ethay orningmay
ethay oldway anmay emembersray ethay iverray ithway eatgray oyjay
oneway ildchay antsway ethay ousehay eryvay oftenway
away oungyay irlgay earshay omesay eadbray eryvay oftenway
ethay armerfay antsway omesay eadbray atway ightnay
myay iendfray eetsgray armway aterway ithway eatgray oyjay
myay iendfray arriescay ethay iverray ithoutway away ordway
eirthay orsehay indsfay eengray applesway afterway unchlay
away ogday eetsgray ethay oonmay atway ightnay
away allsmay ishfay emembersray eengray applesway afterway unchlay
ethay armerfay arriescay eengray applesway odaytay
eirthay orsehay earshay away edray allbay afterway unchlay
isthay irdbay indsfay oldway oriesstay afterway unchlay
away oungyay irlgay aintspay away etterlay atway ightnay
ethay eachertay aintspay ethay iverray odaytay
ourway oatbay antsway away edray allbay againway
away allsmay ishfay ikeslay ethay uietqay eetstray eryvay oftenway
ethay atcay eessay ethay ousehay odaytay
ethay eachertay aintspay ethay ousehay inway ethay orningmay
ethay oldway anmay eetsgray anway orangeway againway
ourway oatbay indsfay armway aterway eryvay oftenway
eirthay orsehay ikeslay ethay ousehay ithway eatgray oyjay
ethay atcay ollowsfay ethay uietqay eetstray afterway unchlay
away oungyay irlgay indsfay omesay eadbray atway ightnay
ethay armerfay ollowsfay ethay iverray ithway eatgray oyjay
away oungyay irlgay arriescay away edray allbay afterway unchlay
oneway ildchay aintspay eengray applesway odaytay
ethay atcay earshay away etterlay afterway unchlay
oneway ildchay indsfay ethay uietqay eetstray afterway unchlay
ethay armerfay indsfay ethay oonmay odaytay
ethay oldway anmay ollowsfay oldway oriesstay atway ightnay
ethay eachertay antsway anway orangeway eryvay oftenway
isthay irdbay aintspay everyway owerflay ithway eatgray oyjay
eirthay orsehay eetsgray away edray allbay odaytay
ethay atcay indsfay oldway oriesstay afterway unchlay
away oungyay irlgay eessay armway aterway afterway unchlay
ethay oldway anmay emembersray anway orangeway odaytay
ourway oatbay ikeslay oldway oriesstay inway ethay orningmay
ethay oldway anmay eetsgray armway aterway ithway eatgray oyjay
ethay atcay aintspay omesay eadbray odaytay
eirthay orsehay eetsgray ethay uietqay eetstray odaytay
oneway ildchay indsfay anway orangeway odaytay
ethay eachertay antsway ethay oonmay inway ethay orningmay
eirthay orsehay eessay armway aterway atway ightnay
ethay atcay earshay armway aterway inway ethay orningmay
eirthay orsehay arriescay oldway oriesstay inway ethay orningmay
ourway oatbay ikeslay ethay ousehay ithway eatgray oyjay
away allsmay ishfay emembersray ethay uietqay eetstray inway ethay orningmay
ethay atcay emembersray anway orangeway againway
away ogday ikeslay omesay eadbray atway ightnay
away allsmay ishfay antsway everyway owerflay odaytay
ethay oldway anmay antsway away edray allbay ithway eatgray oyjay
away oungyay irlgay eetsgray ethay iverray odaytay
oneway ildchay arriescay omesay eadbray inway ethay orningmay
isthay irdbay emembersray away edray allbay afterway unchlay
ethay armerfay eessay omesay eadbray odaytay
away oungyay irlgay eetsgray everyway owerflay ithoutway away ordway
ethay eachertay eetsgray ethay ousehay afterway unchlay
away allsmay ishfay earshay ethay oonmay odaytay
ourway oatbay antsway ethay ousehay afterway unchlay
away allsmay ishfay indsfay away edray allbay inway ethay orningmay
myay iendfray earshay away etterlay odaytay
ourway oatbay ikeslay oldway oriesstay afterway unchlay
away ogday ollowsfay ethay oonmay ithway eatgray oyjay
ethay atcay aintspay anway orangeway odaytay
oneway ildchay arriescay omesay eadbray odaytay
oneway ildchay indsfay away etterlay afterway unchlay
ethay atcay earshay eengray applesway atway ightnay
away allsmay ishfay ikeslay omesay eadbray odaytay
myay iendfray indsfay ethay ousehay afterway unchlay
away ogday eetsgray armway aterway ithoutway away ordway
ethay armerfay emembersray everyway owerflay inway ethay orningmay
ethay eachertay indsfay ethay uietqay eetstray againway
ethay armerfay earshay ethay uietqay eetstray afterway unchlay
away oungyay irlgay eessay away edray allbay ithoutway away ordway
ourway oatbay eetsgray away edray allbay againway
ethay armerfay indsfay anway orangeway eryvay oftenway
ethay oldway anmay arriescay ethay oonmay inway ethay orningmay
ethay atcay aintspay away etterlay againway
ethay eachertay earshay everyway owerflay odaytay
eirthay orsehay earshay eengray applesway afterway unchlay
away ogday arriescay everyway owerflay odaytay
away allsmay ishfay eetsgray away edray allbay ithway eatgray oyjay
myay iendfray arriescay everyway owerflay odaytay
ourway oatbay eessay ethay oonmay ithway eatgray oyjay
ourway oatbay ollowsfay away edray allbay afterway unchlay
away ogday aintspay everyway owerflay atway ightnay
isthay irdbay eetsgray ethay ousehay ithway eatgray oyjay
oneway ildchay eessay eengray applesway afterway unchlay
ourway oatbay earshay away etterlay inway ethay orningmay
myay iendfray indsfay ethay uietqay eetstray odaytay
myay iendfray aintspay eengray applesway odaytay
ethay atcay emembersray ethay uietqay eetstray inway ethay orningmay
away ogday eessay eengray applesway inway ethay orningmay
myay iendfray ollowsfay ethay oonmay ithway eatgray oyjay
ethay oldway anmay eetsgray away edray allbay ithway eatgray oyjay
ethay atcay arriescay armway aterway afterway unchlay
eirthay orsehay indsfay ethay oonmay inway ethay orningmay
oneway ildchay eetsgray eengray applesway odaytay
oneway ildchay earshay armway aterway ithway eatgray oyjay
oneway ildchay eessay ethay uietqay eetstray inway ethay orningmay
isthay irdbay eessay ethay iverray inway ethay orningmay
ethay oldway anmay ollowsfay away edray allbay againway
ourway oatbay earshay oldway oriesstay eryvay oftenway
ethay oldway anmay earshay ethay ousehay odaytay
ethay oldway anmay eetsgray omesay eadbray odaytay
ethay armerfay eetsgray ethay oonmay ithoutway away ordway
oneway ildchay ollowsfay ethay uietqay eetstray odaytay
away allsmay ishfay ikeslay away edray allbay againway
away allsmay ishfay ikeslay ethay oonmay ithway eatgray oyjay
away allsmay ishfay earshay anway orangeway afterway unchlay
oneway ildchay eessay everyway owerflay eryvay oftenway
ethay eachertay ollowsfay away etterlay ithway eatgray oyjay
ethay eachertay ollowsfay away etterlay afterway unchlay
ethay eachertay ikeslay ethay uietqay eetstray atway ightnay
myay iendfray ikeslay away etterlay inway ethay orningmay
away oungyay irlgay antsway ethay iverray ithway eatgray oyjay
isthay irdbay ikeslay ethay ousehay eryvay oftenway
away allsmay ishfay indsfay oldway oriesstay afterway unchlay
away oungyay irlgay eetsgray ethay iverray afterway unchlay
away ogday eessay armway aterway againway
ethay eachertay antsway ethay ousehay odaytay
ourway oatbay earshay omesay eadbray againway
ourway oatbay ikeslay everyway owerflay ithoutway away ordway
away ogday ollowsfay away etterlay atway ightnay
ethay eachertay indsfay ethay oonmay eryvay oftenway
ethay oldway anmay aintspay eengray applesway ithoutway away ordway
ourway oatbay indsfay oldway oriesstay odaytay
ourway oatbay indsfay ethay uietqay eetstray odaytay
away ogday antsway ethay iverray ithway eatgray oyjay
ethay oldway anmay arriescay ethay oonmay ithway eatgray oyjay
oneway ildchay ikeslay ethay iverray atway ightnay
oneway ildchay earshay anway orangeway ithway eatgray oyjay
oneway ildchay ollowsfay everyway owerflay againway
myay iendfray eessay ethay oonmay ithway eatgray oyjay
ethay atcay emembersray away edray allbay atway ightnay
ethay armerfay indsfay ethay ousehay againway
oneway ildchay aintspay away edray allbay afterway unchlay
ethay armerfay eessay anway orangeway atway ightnay
isthay irdbay arriescay eengray applesway atway ightnay
ethay armerfay antsway ethay oonmay odaytay
away ogday ikeslay ethay iverray ithway eatgray oyjay
away oungyay irlgay emembersray eengray applesway atway ightnay
ethay eachertay indsfay ethay ousehay ithoutway away ordway
myay iendfray ollowsfay eengray applesway atway ightnay
ethay armerfay earshay ethay uietqay eetstray odaytay
away oungyay irlgay eetsgray ethay iverray ithway eatgray oyjay
oneway ildchay aintspay armway aterway ithway eatgray oyjay
ethay oldway anmay antsway ethay oonmay ithoutway away ordway
ourway oatbay emembersray everyway owerflay afterway unchlay
away allsmay ishfay antsway ethay oonmay odaytay
ethay eachertay antsway ethay oonmay atway ightnay
ethay oldway anmay emembersray ethay oonmay afterway unchlay
away allsmay ishfay ikeslay ethay uietqay eetstray atway ightnay
ethay atcay ollowsfay eengray applesway againway
isthay irdbay emembersray omesay eadbray eryvay oftenway
isthay irdbay indsfay eengray applesway ithoutway away ordway
eirthay orsehay ikeslay ethay ousehay atway ightnay
myay iendfray eessay ethay uietqay eetstray ithway eatgray oyjay
eirthay orsehay antsway away edray allbay inway ethay orningmay
away allsmay ishfay earshay omesay eadbray ithoutway away ordway
ethay oldway anmay eessay eengray applesway eryvay oftenway
isthay irdbay ikeslay armway aterway eryvay oftenway
ethay eachertay antsway omesay eadbray atway ightnay
ourway oatbay eessay eengray applesway afterway unchlay
ethay eachertay antsway omesay eadbray eryvay oftenway
away oungyay irlgay ikeslay everyway owerflay afterway unchlay
ethay armerfay ikeslay ethay ousehay eryvay oftenway
oneway ildchay arriescay away etterlay afterway unchlay
away allsmay ishfay ollowsfay everyway owerflay atway ightnay
ethay atcay indsfay ethay uietqay eetstray againway
ourway oatbay antsway ethay ousehay inway ethay orningmay
ethay oldway anmay indsfay omesay eadbray ithoutway away ordway
eirthay orsehay emembersray armway aterway afterway unchlay
isthay irdbay eetsgray ethay uietqay eetstray eryvay oftenway
ethay atcay aintspay ethay uietqay eetstray ithway eatgray oyjay
away ogday antsway everyway owerflay afterway unchlay
myay iendfray earshay everyway owerflay eryvay oftenway
ethay eachertay antsway everyway owerflay atway ightnay
away oungyay irlgay emembersray omesay eadbray eryvay oftenway
oneway ildchay ollowsfay ethay uietqay eetstray ithway eatgray oyjay
ethay eachertay earshay away edray allbay againway
ethay oldway anmay indsfay ethay uietqay eetstray odaytay
eirthay orsehay emembersray ethay oonmay atway ightnay
away oungyay irlgay aintspay eengray applesway eryvay oftenway
away allsmay ishfay eessay omesay eadbray againway
eirthay orsehay antsway away edray allbay ithoutway away ordway
ethay oldway anmay indsfay oldway oriesstay againway
eirthay orsehay aintspay armway aterway ithoutway away ordway
away allsmay ishfay ollowsfay anway orangeway atway ightnay
