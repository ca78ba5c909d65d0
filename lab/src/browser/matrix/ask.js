cells => Promise.all(cells.map(async ({ url, init, times }) => {
  let seen;
  for (let time = 0; time < times; time++) {
    try {
      const response = await fetch(url, init);
      await response.arrayBuffer();
      seen = { type: response.type, headers: [...response.headers.keys()] };
    } catch (error) {
      seen = { error: String(error) };
    }
  }
  return seen;
}))
