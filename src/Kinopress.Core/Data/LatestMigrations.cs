namespace Kinopress.Core.Data;

/// <summary>The last migration for each database, so that a start finds out that there is nothing to do without loading any. Written by <c>eng/migrate</c>.</summary>
internal static class LatestMigrations
{
    public const string Sqlite = "20261126044551_AddChatEmotes";

    public const string Postgres = "20261126044615_AddChatEmotes";
}
