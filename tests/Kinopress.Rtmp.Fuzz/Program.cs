using Kinopress.Rtmp.Fuzz;
using SharpFuzz;

// The name of a target, then nothing to be driven by afl-fuzz, or files to be tried once each.
if (args is not [var name, .. var files] || !Targets.All.TryGetValue(name, out var target))
{
    await Console.Error.WriteLineAsync($"Usage: Kinopress.Rtmp.Fuzz {string.Join('|', Targets.All.Keys)} [FILE…]");
    return 2;
}

foreach (var file in files)
{
    target(await File.ReadAllBytesAsync(file));
}

if (files.Length == 0)
{
    Fuzzer.Run(stream =>
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        target(bytes.ToArray());
    });
}

return 0;
