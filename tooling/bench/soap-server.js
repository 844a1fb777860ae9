// A SOAP service that answers at once, in a process of its own so that its work is not counted.
import { createServer } from 'node:http';
import { sampleAnswer } from './soap-sample.js';

const answer = Buffer.from(sampleAnswer(Number(process.argv[2])));

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.setHeader('content-type', 'text/xml; charset=utf-8');
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.on('disconnect', () => process.exit());
