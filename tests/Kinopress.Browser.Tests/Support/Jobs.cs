using Microsoft.Data.Sqlite;

namespace Kinopress.Browser.Tests.Support;

/// <summary>Nothing public shortens the minutes between the attempts of a job that fails, so this writes in the site's database.</summary>
internal static class Jobs
{
    /// <summary>The next attempt of whatever has failed is due now and is the last.</summary>
    public static async Task HurryAsync(string data)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "site.db")};Default Timeout=10");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE jobs SET attempts = max_attempts - 1, run_at = 1 WHERE problem_code IS NOT NULL AND attempts < max_attempts - 1";
        await command.ExecuteNonQueryAsync();
    }
}
