/** Whether a text is a topic filter (MQTT 3.1.1, 4.7). */
export function isTopicFilter(filter: string): boolean {
  if (filter === '' || filter.includes('\0')) return false;
  const levels = filter.split('/');
  return levels.every(
    (level, index) =>
      level === '+' ||
      (level === '#' && index === levels.length - 1) ||
      !(level.includes('+') || level.includes('#')),
  );
}

/** Whether a text is a topic that a message can have: no wildcards (MQTT 3.1.1, 4.7.1). */
export function isTopicName(topic: string): boolean {
  return topic !== '' && !/[+#\0]/.test(topic);
}

/**
 * Whether a filter takes a topic in. `*` stands for one level as `+` does, because RabbitMQ turns the
 * one into the other (RabbitMQ MQTT plugin 3.10, measured).
 */
export function filterMatches(filter: string, topic: string): boolean {
  if (filter === topic) return true;
  const wanted = filter.split('/');
  const levels = topic.split('/');
  // Wildcards at the front do not reach the server's own topics (MQTT 3.1.1, 4.7.2).
  if (topic.startsWith('$') && wanted[0] !== levels[0]) return false;
  if (wanted.at(-1) === '#') wanted.pop();
  else if (wanted.length !== levels.length) return false;
  return (
    wanted.length <= levels.length &&
    wanted.every((level, index) => level === '+' || level === '*' || level === levels[index])
  );
}
