using Kinopress.Rtmp.Fuzz;
using SharpFuzz;

if (args is ["seeds", var folder, .. var captures])
{
    await Seeds.WriteAsync(folder, captures);
    return 0;
}

if (args is not [var name, .. var files] || !Targets.All.TryGetValue(name, out var target))
{
    await Console.Error.WriteLineAsync($"Usage: {string.Join('|', Targets.All.Keys)} for afl-fuzz; with files, to try them; seeds FOLDER CAPTURE…");
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
