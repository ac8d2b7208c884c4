using System.CommandLine;
using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;

namespace Kinopress.Server.Cli;

/// <summary>The commands of the executable. Failures are one line on standard error and an exit code other than 0.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Kinopress: your own video platform.")
        {
            ServeCommand.Create(),
            SetupCommand.Create(),
            SetupLinkCommand.Create(),
            PasswordCommand.Create(),
            TokenCommand.Create(),
            DoctorCommand.Create(),
            VersionCommand.Create(),
            BootOptions.Urls,
        }.With();
        root.SetAction(ServeCommand.RunAsync); // what it does without a command
        var parsed = root.Parse(args);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (StartFailedException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception exception) when (DatabaseTrouble.IsBehind(exception))
        {
            await Console.Error.WriteLineAsync($"The database does not answer: {(exception.InnerException ?? exception).Message.ReplaceLineEndings(" ")}");
            return 1;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            await Console.Error.WriteLineAsync(exception.Message.ReplaceLineEndings(" "));
            return 1;
        }
    }

    public static int Refuse(Failure failure)
    {
        var details = failure.Fields is { Count: > 0 } fields ? " " + string.Join(' ', fields.Select(field => $"{field.Key}: {field.Value}")) : "";
        Console.Error.WriteLine($"{failure.Message}{details}");
        return 1;
    }
}
