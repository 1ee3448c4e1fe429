# Units that are installed; see systemd/README in the manual of semd(8).
