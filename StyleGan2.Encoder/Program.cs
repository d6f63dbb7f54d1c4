Console.WriteLine("stylegan2-encoder");
