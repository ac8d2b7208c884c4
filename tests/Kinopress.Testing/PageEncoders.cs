using System.Diagnostics;
using System.Globalization;

namespace Kinopress.Testing;

/// <summary>The encoders a site runs for pages that only record. Looks at /proc, which only Linux has.</summary>
public static class PageEncoders
{
    /// <param name="siteProcessId">Of the site whose they are.</param>
    public static IReadOnlyList<int> Of(int siteProcessId) =>
    [
        .. Process.GetProcessesByName("ffmpeg").Select(process => process.Id)
            .Where(id => ParentOf(id) == siteProcessId && Read(id, "cmdline").Contains("flv\0pipe:1", StringComparison.Ordinal)),
    ];

    /// <summary>Kills the only one there is.</summary>
    /// <returns>Its id.</returns>
    public static int Kill(int siteProcessId)
    {
        using var encoder = Process.GetProcessById(Of(siteProcessId).Single());
        encoder.Kill();
        return encoder.Id;
    }

    // The name of the program, in brackets, may hold anything; the state and the parent follow (proc(5)).
    private static int ParentOf(int processId) =>
        Read(processId, "stat") is { Length: > 0 } line ? int.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture) : 0;

    private static string Read(int processId, string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/{name}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ""; // gone meanwhile
        }
    }
}
