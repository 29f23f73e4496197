// From standard input {"from", "to", "points": [[lon, lat], ...]}, several; to standard output the points.
const gcoord = require("gcoord");

const jobs = JSON.parse(require("fs").readFileSync(0, "utf8"));
const converted = jobs.map(({ from, to, points }) =>
  points.map((point) => gcoord.transform(point, gcoord[from], gcoord[to])),
);
process.stdout.write(JSON.stringify(converted));
