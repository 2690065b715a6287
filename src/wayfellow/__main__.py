from wayfellow.cli import main

if __name__ == "__main__":
    main()
