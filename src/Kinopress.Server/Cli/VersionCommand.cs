using System.CommandLine;
using Kinopress.Server.Host;

namespace Kinopress.Server.Cli;

/// <summary><c>kinopress version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var command = new Command("version", "Print the version.");
        command.SetAction(_ => Console.WriteLine($"kinopress {ProductVersion.Text}"));
        return command;
    }
}
