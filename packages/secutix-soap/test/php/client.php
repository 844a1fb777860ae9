<?php
// A customer's side of the tests, on PHP's own SOAP client: calls the services of the address given,
// and prints what it got as JSON.

[, $folder, $username, $password] = $argv;
$wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
$token = '<wsse:Security xmlns:wsse="' . $wsse . '"><wsse:UsernameToken>'
    . '<wsse:Username>' . htmlspecialchars($username, ENT_XML1) . '</wsse:Username>'
    . '<wsse:Password>' . htmlspecialchars($password, ENT_XML1) . '</wsse:Password>'
    . '</wsse:UsernameToken></wsse:Security>';

function connect(string $wsdl, SoapHeader $header): SoapClient
{
    $client = new SoapClient($wsdl, [
        'cache_wsdl' => WSDL_CACHE_NONE,
        'compression' => SOAP_COMPRESSION_ACCEPT | SOAP_COMPRESSION_GZIP,
        'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
    ]);
    $client->__setSoapHeaders($header);
    return $client;
}

ini_set('default_socket_timeout', '10');
$header = new SoapHeader($wsse, 'Security', new SoapVar($token, XSD_ANYXML));
$catalog = connect("$folder/tnseb/external-remoting/com.secutix.service.realtime.catalog.v1_33.CatalogService.webservice?wsdl", $header);
$contacts = connect("$folder/tnco/external-remoting/com.secutix.service.contact.v2_22.ContactInformationPublicService.webservice?wsdl", $header);
echo json_encode([
    'alive' => $catalog->isCatalogServiceAlive([]),
    'catalog' => $catalog->getCatalog(['seasonCode' => '2026']),
    'contact' => $contacts->getContactData(['contactNumber' => '333', 'details' => ['GENERAL', 'ADDRESSES']]),
], JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE);
