namespace TensorGraph;

/// <summary>Writes files that appear whole or not at all: under another name first, which then replaces whatever was there.</summary>
public static class WholeFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content; what it throws is passed on, with nothing left behind.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string temporary = path + ".part";
        try
        {
            using (FileStream stream = File.Create(temporary))
            {
                write(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
