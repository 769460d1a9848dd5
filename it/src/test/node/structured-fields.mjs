// Reads structured fields by structured-headers, a parser that nobody here wrote. The first argument
// is a file with an array of fields: their type (item, list or dictionary) and their text. Prints an
// array: for each field its text as it is written again, or nothing where it was refused.
import {
  parseDictionary,
  parseItem,
  parseList,
  serializeDictionary,
  serializeItem,
  serializeList,
} from 'structured-headers';
import { readFile } from 'node:fs/promises';

const again = {
  item: (text) => serializeItem(parseItem(text)),
  list: (text) => serializeList(parseList(text)),
  dictionary: (text) => serializeDictionary(parseDictionary(text)),
};

function read({ type, text }) {
  try {
    return { text: again[type](text) };
  } catch {
    return {};
  }
}

const fields = JSON.parse(await readFile(process.argv[2], 'utf8'));
console.log(JSON.stringify(fields.map(read)));
