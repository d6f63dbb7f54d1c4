namespace Fuzz.Inputs;

/// <summary>Files that are not what they should be, and the command that is given them.</summary>
/// <param name="Kind">What should have been read.</param>
/// <param name="Name">What is wrong with it, as the name of a folder.</param>
/// <param name="Program">The program's name.</param>
/// <param name="Arguments">Its arguments; <c>{in}</c> is the folder of the files, <c>{out}</c> a folder for results.</param>
/// <param name="Files">The files, by their path in the folder; made when they are asked for.</param>
internal sealed record HostileInput(
    string Kind, string Name, string Program, string[] Arguments, params (string Path, Func<byte[]> Content)[] Files)
{
    /// <summary>The input's folder in a folder of many inputs.</summary>
    internal string Folder(string corpus) => Path.Combine(corpus, Kind, Name);

    /// <summary>Writes the files.</summary>
    internal void Write(string folder)
    {
        foreach ((string path, Func<byte[]> make) in Files)
        {
            string file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, make());
        }
    }
}
