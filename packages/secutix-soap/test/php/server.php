<?php
// The vendor's side of the tests, on PHP's own SOAP server: it checks the user name and the password
// that it reads from the header, and gives back the values that it read from the body.

class Vendor
{
    private bool $isKnown = false;

    /** Called by PHP for the header of that name, before the operation. */
    public function Security(object $security): void
    {
        $token = $security->UsernameToken;
        $this->isKnown = $token->Username === base64_decode(getenv('EXPECTED_USERNAME'))
            && $token->Password === base64_decode(getenv('EXPECTED_PASSWORD'));
    }

    public function giveBack(object $parameters): array
    {
        $this->check();
        $values = (array) $parameters->values;
        if (($parameters->values->text ?? null) === 'please take long' && !isset($parameters->requestId)) {
            return $this->result(['statusCode' => 'in_progress', 'requestId' => 9007199254740993]);
        }
        return $this->result($values + ['statusCode' => 'success']);
    }

    public function isCatalogServiceAlive(object $parameters): array
    {
        $this->check();
        return ['WebMethodResult' => ['statusCode' => 'success']];
    }

    private function result(array $result): array
    {
        return ['ValuesResult' => $result + ['statusDetail' => null, 'requestId' => null]];
    }

    private function check(): void
    {
        if (!$this->isKnown) throw new SoapFault('Client', 'Authentication failed');
    }
}

ini_set('soap.wsdl_cache_enabled', '0');
$server = new SoapServer(__DIR__ . '/values.wsdl', ['features' => SOAP_SINGLE_ELEMENT_ARRAYS]);
$server->setClass('Vendor');
$server->handle();
