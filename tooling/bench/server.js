// A vendor that answers at once, in a process of its own so that its work is not counted.
import { createServer } from 'node:http';

const answer = JSON.stringify({
  statusCode: 'success',
  statusDetail: null,
  requestId: null,
  contactNumber: '333',
  name: 'x'.repeat(100),
});

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.on('disconnect', () => process.exit());
