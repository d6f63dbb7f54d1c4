using System.Collections.Concurrent;
using System.Reflection;

namespace Dnnlib;

/// <summary>Finds classes and functions by name (<c>dnnlib.util</c>): the factory of networks and datasets.</summary>
public static class Util
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, MemberInfo>> s_named = [];
    private static readonly ConcurrentDictionary<Assembly, bool> s_referencesLoaded = [];

    /// <summary>
    /// Finds a class or static method by its Python name (<c>training.networks_stylegan2.G_main</c>) or .NET name
    /// (<c>Training.Datasets.TFRecordDataset</c>, <c>Type.Method</c>).
    /// </summary>
    /// <returns>A <see cref="Type"/> or a <see cref="MethodInfo"/>.</returns>
    /// <exception cref="ArgumentException">No loaded assembly has anything of that name.</exception>
    public static MemberInfo GetObjByName(string name) =>
        FindObjByName(name)
            ?? throw new ArgumentException(
            $"there is no class or function {name}; known are {string.Join(", ", PythonNames.Select(n => n.Name).Order())}", nameof(name));

    /// <summary>As <see cref="GetObjByName"/>, null where there is nothing of that name.</summary>
    public static MemberInfo? FindObjByName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        LoadPackage(name);
        foreach (Assembly assembly in Assemblies())
        {
            if ((s_named.GetOrAdd(assembly, PythonNamesIn).GetValueOrDefault(name) ?? FindDotNet(assembly, name)) is { } member)
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>The functions whose Python names end in the given part: G_main of every module that has one.</summary>
    internal static IEnumerable<MethodInfo> FunctionsNamed(string lastPart) =>
        PythonNames.Where(n => n.Name.EndsWith($".{lastPart}", StringComparison.Ordinal)).Select(n => n.Member).OfType<MethodInfo>();

    /// <summary>Makes an object of the class of that name (<c>construct_class_by_name</c>).</summary>
    /// <exception cref="ArgumentException">The name is not that of a class with such a constructor.</exception>
    public static object ConstructClassByName(string name, params object?[] arguments)
    {
        Type type = GetObjByName(name) as Type ?? throw new ArgumentException($"{name} is a function, not a class", nameof(name));
        const BindingFlags constructor =
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.CreateInstance | BindingFlags.DoNotWrapExceptions;
        try
        {
            return Activator.CreateInstance(type, constructor, null, arguments, null)!;
        }
        catch (MissingMethodException e)
        {
            throw new ArgumentException($"{name} has no such constructor", nameof(name), e);
        }
    }

    private static IEnumerable<(string Name, MemberInfo Member)> PythonNames
    {
        get
        {
            LoadReferences();
            return Assemblies().SelectMany(a => s_named.GetOrAdd(a, PythonNamesIn)).Select(n => (n.Key, n.Value));
        }
    }

    private static IEnumerable<Assembly> Assemblies() => AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic);

    /// <summary>
    /// A Python package is an assembly of the same name, which may not have been loaded yet. It is found by name, as a single-file program
    /// has no files of assemblies.
    /// </summary>
    private static void LoadPackage(string name)
    {
        string package = name.Split('.')[0];
        Load($"{char.ToUpperInvariant(package[0])}{package[1..]}");
    }

    private static void Load(string assembly)
    {
        try
        {
            Assembly.Load(assembly);
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            // There is no such package; the name may still be that of something loaded.
        }
    }

    /// <summary>
    /// Loads what the program references of its own, once for each of its assemblies: .NET loads an assembly only when a type of it is
    /// first used.
    /// </summary>
    private static void LoadReferences()
    {
        while (Assemblies().FirstOrDefault(a => !s_referencesLoaded.ContainsKey(a) && ReferencesDnnlib(a)) is { } assembly)
        {
            Array.ForEach(assembly.GetReferencedAssemblies(), reference => Load(reference.Name!));
            s_referencesLoaded[assembly] = true;
        }
    }

    private static bool ReferencesDnnlib(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Any(r => r.Name == typeof(Util).Assembly.GetName().Name);

    private static IReadOnlyDictionary<string, MemberInfo> PythonNamesIn(Assembly assembly)
    {
        if (assembly != typeof(Util).Assembly && !ReferencesDnnlib(assembly))
        {
            return new Dictionary<string, MemberInfo>();
        }

        IEnumerable<MemberInfo> members = assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static).Append<MemberInfo>(t));
        return members
            .Select(m => (m.GetCustomAttribute<PythonNameAttribute>()?.Name, Member: m))
            .Where(m => m.Name is not null)
            .ToDictionary(m => m.Name!, m => m.Member);
    }

    private static MemberInfo? FindDotNet(Assembly assembly, string name)
    {
        int dot = name.LastIndexOf('.');
        return assembly.GetType(name)
            ?? (dot < 0 ? null : assembly.GetType(name[..dot])?.GetMethod(name[(dot + 1)..],
                BindingFlags.Public | BindingFlags.Static) as MemberInfo);
    }
}
