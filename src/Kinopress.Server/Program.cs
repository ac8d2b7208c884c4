using Kinopress.Server.Cli;

return await CommandLine.RunAsync(args);
